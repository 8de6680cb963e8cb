/* Several channels to one: the mean, or one of them. */
#ifndef APL_CHANNEL_MIX_H
#define APL_CHANNEL_MIX_H

#include <stdint.h>

/* Sums of squares, to see whether the channels cancel each other in their mean. */
struct channel_scan {
    int32_t channels;
    double power[64];
    double mean_power;
    int64_t frames;
    int64_t active_frames; /* in blocks whose loudest channel is above -50 dBFS */
};

/* Adds a block, shape [frames, channels]. */
void apl_channel_scan_add(struct channel_scan *scan, const float *interleaved, int64_t frames);

/* The channel to use instead of the mean because the mean is more than 20 dB below it; -1: the mean is fine. */
int32_t apl_channel_scan_verdict(const struct channel_scan *scan);

/*
 * Sets what is NaN, infinite, or beyond 2^50 (sums and squares of which would become infinite) to 0 and returns how many samples that
 * were.
 */
int64_t apl_channel_scrub(float *samples, int64_t count);

/* mono[f] = interleaved[f][channel], or the mean over all channels for channel -1. In place is allowed. */
void apl_channel_mix(const float *interleaved, int64_t frames, int32_t channels, int32_t channel, float *mono);

#endif
