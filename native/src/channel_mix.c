#include "channel_mix.h"

#include <string.h>

void apl_channel_scan_add(struct channel_scan *scan, const float *interleaved, int64_t frames)
{
    double block[64] = {0};
    int32_t channels = scan->channels;
    for (int64_t f = 0; f < frames; f++) {
        double sum = 0;
        for (int32_t c = 0; c < channels; c++) {
            double sample = interleaved[f * channels + c];
            block[c] += sample * sample;
            sum += sample;
        }
        scan->mean_power += sum / channels * (sum / channels);
    }
    double loudest = 0;
    for (int32_t c = 0; c < channels; c++) {
        scan->power[c] += block[c];
        loudest = block[c] > loudest ? block[c] : loudest;
    }
    scan->frames += frames;
    scan->active_frames += loudest > 1e-5 * (double)frames ? frames : 0;
}

int32_t apl_channel_scan_verdict(const struct channel_scan *scan)
{
    int32_t loudest = 0;
    for (int32_t c = 1; c < scan->channels; c++) {
        loudest = scan->power[c] > scan->power[loudest] ? c : loudest;
    }
    return scan->mean_power < 0.01 * scan->power[loudest] ? loudest : -1;
}

int64_t apl_channel_scrub(float *samples, int64_t count)
{
    int64_t found = 0;
    for (int64_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &samples[i], sizeof bits);
        int wrong = (bits & 0x7F800000u) >= 0x58800000u; /* an exponent of 50 or more */
        bits = wrong ? 0 : bits;
        memcpy(&samples[i], &bits, sizeof bits);
        found += wrong;
    }
    return found;
}

static void take_mean(const float *interleaved, int64_t frames, int32_t channels, float *mono)
{
    float scale = 1.0f / (float)channels;
    for (int64_t f = 0; f < frames; f++) {
        float sum = 0;
        for (int32_t c = 0; c < channels; c++) {
            sum += interleaved[f * channels + c];
        }
        mono[f] = sum * scale;
    }
}

void apl_channel_mix(const float *interleaved, int64_t frames, int32_t channels, int32_t channel, float *mono)
{
    if (channels == 1) {
        memmove(mono, interleaved, (size_t)frames * sizeof *mono);
    } else if (channel < 0) {
        take_mean(interleaved, frames, channels, mono);
    } else {
        for (int64_t f = 0; f < frames; f++) {
            mono[f] = interleaved[f * channels + channel];
        }
    }
}
