/* Opening and setting up an ALSA capture device, and what its errors mean. */
#ifndef APL_CAPTURE_DEVICE_H
#define APL_CAPTURE_DEVICE_H

#include "appliance.h"
#include "capture_format.h"

#include <alsa/asoundlib.h>

struct capture_device {
    snd_pcm_t *pcm;
    enum capture_format format;
    int32_t rate_hz;
    int32_t channels;
    int32_t is_converted;
    snd_pcm_uframes_t period_frames;
    snd_pcm_uframes_t buffer_frames;
};

/* Opens the device, prepared but not started. channel: the one that will be taken, -1 for the mean. */
int32_t apl_capture_device_open(const char *name, int32_t channel, int32_t period_ms, int32_t buffer_ms, struct capture_device *device);

/* Keeps ALSA from printing on standard error, for the calling thread. */
void apl_capture_silence_alsa(void);

/* Reports a negative result of ALSA as a failure of a device. */
int32_t apl_capture_fail(const char *name, const char *what, int error);

#endif
