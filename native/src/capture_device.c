/*
 * A device is asked for what it has itself: a common sample format, a rate as near to 16 kHz as it goes, the fewest channels. Only where
 * "hw:" has no common format the plug layer converts it; rates are never converted there, its resampler is a poor one.
 */
#include "capture_device.h"
#include "status.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { WANTED_RATE_HZ = 16000, MOST_CHANNELS = 64, MOST_RATE_HZ = 768000, LEAST_RATE_HZ = 4000 };

/* In the order of preference. */
static const struct {
    snd_pcm_format_t alsa;
    enum capture_format format;
} formats[] = {
    {SND_PCM_FORMAT_S16_LE, CAPTURE_S16},
    {SND_PCM_FORMAT_S32_LE, CAPTURE_S32},
    {SND_PCM_FORMAT_S24_3LE, CAPTURE_S24_3},
    {SND_PCM_FORMAT_S24_LE, CAPTURE_S24},
    {SND_PCM_FORMAT_FLOAT_LE, CAPTURE_FLOAT},
};

static void say_nothing(const char *file, int line, const char *function, int error, const char *format, va_list arguments)
{
    (void)file, (void)line, (void)function, (void)error, (void)format, (void)arguments;
}

void apl_capture_silence_alsa(void)
{
    snd_lib_error_set_local(say_nothing);
}

int32_t apl_capture_fail(const char *name, const char *what, int error)
{
    switch (-error) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
        return apl_fail(APL_DEVICE_NOT_FOUND, "there is no capture device '%s'", name);
    case EBUSY:
    case EAGAIN:
        return apl_fail(APL_DEVICE_BUSY, "another program uses '%s'", name);
    case EACCES:
    case EPERM:
        return apl_fail(APL_DEVICE_DENIED, "'%s' may not be used: %s (the group 'audio' may)", name, snd_strerror(error));
    default:
        return apl_fail(APL_DEVICE_FAILED, "'%s': %s: %s", name, what, snd_strerror(error));
    }
}

static int32_t unsupported(const char *name, const char *what)
{
    return apl_fail(APL_DEVICE_UNSUPPORTED, "'%s' %s", name, what);
}

/* The nearest rate at or above 16 kHz, else the highest below. */
static int set_rate(snd_pcm_t *pcm, snd_pcm_hw_params_t *parameters, unsigned *rate)
{
    snd_pcm_hw_params_set_rate_resample(pcm, parameters, 0);
    *rate = WANTED_RATE_HZ;
    int direction = 0;
    if (snd_pcm_hw_params_test_rate(pcm, parameters, *rate, 0) != 0) {
        unsigned least = WANTED_RATE_HZ;
        direction = 1;
        snd_pcm_hw_params_t *above;
        snd_pcm_hw_params_alloca(&above);
        snd_pcm_hw_params_copy(above, parameters);
        if (snd_pcm_hw_params_set_rate_min(pcm, above, &least, &direction) == 0) {
            snd_pcm_hw_params_copy(parameters, above);
        }
        direction = 0;
    }
    int error = snd_pcm_hw_params_set_rate_near(pcm, parameters, rate, &direction);
    return error;
}

static int32_t set_channels(const char *name, snd_pcm_t *pcm, snd_pcm_hw_params_t *parameters, int32_t channel, unsigned *channels)
{
    unsigned most = 0;
    snd_pcm_hw_params_get_channels_max(parameters, &most);
    if (channel >= (int32_t)most) {
        return apl_fail(APL_CHANNEL_ABSENT, "'%s' has %u channels, numbered from 0: there is no channel %d", name, most, channel);
    }
    *channels = channel < 0 ? 1 : (unsigned)channel + 1;
    int error = snd_pcm_hw_params_set_channels_near(pcm, parameters, channels);
    if (error < 0 || *channels > MOST_CHANNELS || (channel >= 0 && *channels <= (unsigned)channel)) {
        return unsupported(name, "has no number of channels that can be used (1 to 64)");
    }
    return APL_OK;
}

static int32_t set_up(const char *name, struct capture_device *device, int32_t channel, int32_t period_ms, int32_t buffer_ms)
{
    /* 1. access and format; 2. channels; 3. rate; 4. period and buffer; 5. what was granted */
    snd_pcm_hw_params_t *parameters;
    snd_pcm_hw_params_alloca(&parameters);
    int error = snd_pcm_hw_params_any(device->pcm, parameters);
    if (error < 0) {
        return apl_capture_fail(name, "its parameters can't be read", error);
    }
    if (snd_pcm_hw_params_set_access(device->pcm, parameters, SND_PCM_ACCESS_RW_INTERLEAVED) < 0) {
        return unsupported(name, "can't be read interleaved");
    }
    size_t i = 0;
    while (i < sizeof formats / sizeof *formats && snd_pcm_hw_params_set_format(device->pcm, parameters, formats[i].alsa) < 0) {
        i++;
    }
    if (i == sizeof formats / sizeof *formats) {
        return unsupported(name, "has no sample format that can be used (16, 24 or 32 bits, or float)");
    }
    device->format = formats[i].format;
    unsigned channels = 0;
    int32_t status = set_channels(name, device->pcm, parameters, channel, &channels);
    if (status != APL_OK) {
        return status;
    }
    unsigned rate = 0;
    if (set_rate(device->pcm, parameters, &rate) < 0) {
        return unsupported(name, "has no sample rate that can be used");
    }
    snd_pcm_uframes_t period = (snd_pcm_uframes_t)((int64_t)rate * period_ms / 1000);
    snd_pcm_uframes_t buffer = (snd_pcm_uframes_t)((int64_t)rate * buffer_ms / 1000);
    snd_pcm_hw_params_set_period_size_near(device->pcm, parameters, &period, NULL);
    snd_pcm_hw_params_set_buffer_size_near(device->pcm, parameters, &buffer);
    error = snd_pcm_hw_params(device->pcm, parameters);
    if (error < 0) {
        return error == -EBUSY || error == -ENODEV ? apl_capture_fail(name, "its parameters can't be set", error)
                                                   : unsupported(name, "refuses every combination of its parameters");
    }
    snd_pcm_hw_params_get_rate(parameters, &rate, NULL);
    if (rate < LEAST_RATE_HZ || rate > MOST_RATE_HZ) {
        return unsupported(name, "gives a sample rate that can't be used (4 to 768 kHz can)");
    }
    snd_pcm_hw_params_get_channels(parameters, &channels);
    snd_pcm_hw_params_get_period_size(parameters, &device->period_frames, NULL);
    snd_pcm_hw_params_get_buffer_size(parameters, &device->buffer_frames);
    device->rate_hz = (int32_t)rate;
    device->channels = (int32_t)channels;
    return APL_OK;
}

/* Started by hand, woken for each period, timestamps of the monotonic clock where the driver has them. */
static int32_t set_software(const char *name, struct capture_device *device)
{
    snd_pcm_sw_params_t *parameters;
    snd_pcm_sw_params_alloca(&parameters);
    int error = snd_pcm_sw_params_current(device->pcm, parameters);
    if (error < 0) {
        return apl_capture_fail(name, "its parameters can't be read", error);
    }
    snd_pcm_sw_params_set_avail_min(device->pcm, parameters, device->period_frames);
    snd_pcm_sw_params_set_start_threshold(device->pcm, parameters, device->buffer_frames * 2);
    snd_pcm_sw_params_set_tstamp_mode(device->pcm, parameters, SND_PCM_TSTAMP_ENABLE);
    snd_pcm_sw_params_set_tstamp_type(device->pcm, parameters, SND_PCM_TSTAMP_TYPE_MONOTONIC);
    error = snd_pcm_sw_params(device->pcm, parameters);
    return error < 0 ? apl_capture_fail(name, "its parameters can't be set", error) : APL_OK;
}

static int32_t open_as(const char *name, const char *alsa_name, int32_t channel, int32_t period_ms, int32_t buffer_ms,
                       struct capture_device *device)
{
    memset(device, 0, sizeof *device);
    int error = snd_pcm_open(&device->pcm, alsa_name, SND_PCM_STREAM_CAPTURE, SND_PCM_NONBLOCK);
    if (error < 0) {
        device->pcm = NULL;
        return apl_capture_fail(name, "it can't be opened", error);
    }
    int32_t status = set_up(name, device, channel, period_ms, buffer_ms);
    if (status == APL_OK) {
        status = set_software(name, device);
    }
    if (status != APL_OK) {
        snd_pcm_close(device->pcm);
        device->pcm = NULL;
    }
    return status;
}

int32_t apl_capture_device_open(const char *name, int32_t channel, int32_t period_ms, int32_t buffer_ms, struct capture_device *device)
{
    int32_t status = open_as(name, name, channel, period_ms, buffer_ms, device);
    if (status == APL_DEVICE_UNSUPPORTED && strncmp(name, "hw:", 3) == 0) {
        char plugged[256];
        if (snprintf(plugged, sizeof plugged, "plug%s", name) < (int)sizeof plugged) {
            status = open_as(name, plugged, channel, period_ms, buffer_ms, device);
            device->is_converted = 1;
        }
    }
    return status;
}
