/* apl_capture: opening, muting, counting, closing. The thread is in capture_thread.c, the reading side in capture_reader.c. */
#include "capture_stream.h"
#include "status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { PERIOD_MS = 20, BUFFER_MS = 500, RING_MS = 30000, MUTE_MS = 2000 };

static int32_t check(const char *device, const apl_capture_config *config, apl_capture **capture)
{
    if (device == NULL || *device == '\0' || config == NULL || capture == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_open: an argument is null or the device has no name");
    }
    if (config->struct_size != sizeof *config) {
        return apl_fail(APL_STRUCT_SIZE, "apl_capture_config of %u bytes; this library knows %zu", config->struct_size, sizeof *config);
    }
    if (strlen(device) >= sizeof ((apl_capture *)0)->name) {
        return apl_fail(APL_DEVICE_NOT_FOUND, "a device name of %zu bytes; ALSA has none that long", strlen(device));
    }
    if (config->channel < -1 || config->period_ms < 0 || config->buffer_ms < 0 || config->ring_ms < 0 || config->ring_ms > 600000) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_open: channel, period, buffer or ring is out of range");
    }
    return APL_OK;
}

static int32_t allocate(apl_capture *capture, const apl_capture_config *config)
{
    struct capture_device *device = &capture->device;
    size_t samples = device->period_frames * (size_t)device->channels;
    uint64_t ring = (uint64_t)device->rate_hz * (uint64_t)(config->ring_ms > 0 ? config->ring_ms : RING_MS) / 1000;
    capture->raw = calloc(samples, (size_t)apl_capture_format_bytes(device->format));
    capture->interleaved = calloc(samples, sizeof *capture->interleaved);
    capture->mono = calloc(device->period_frames, sizeof *capture->mono);
    capture->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    capture->data_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    capture->stopped_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (ring < 4 * device->period_frames) {
        ring = 4 * device->period_frames;
    }
    if (capture->raw == NULL || capture->interleaved == NULL || capture->mono == NULL || capture->wake_fd < 0 || capture->data_fd < 0
        || capture->stopped_fd < 0 || apl_ring_create(&capture->ring, ring) != APL_OK) {
        return apl_fail(APL_OUT_OF_MEMORY, "no memory or no file descriptors for capturing");
    }
    return apl_resampler_create(device->rate_hz, &capture->resampler);
}

static void release(apl_capture *capture)
{
    if (capture->device.pcm != NULL) {
        snd_pcm_close(capture->device.pcm);
    }
    int fds[] = {capture->wake_fd, capture->data_fd, capture->stopped_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    apl_ring_destroy(&capture->ring);
    apl_resampler_destroy(capture->resampler);
    free(capture->raw);
    free(capture->interleaved);
    free(capture->mono);
    free(capture);
}

int32_t apl_capture_open(const char *device, const apl_capture_config *config, apl_capture **capture)
{
    int32_t status = check(device, config, capture);
    if (status != APL_OK) {
        return status;
    }
    apl_capture_silence_alsa();
    apl_capture *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "no memory for capturing");
    }
    made->wake_fd = made->data_fd = made->stopped_fd = -1;
    snprintf(made->name, sizeof made->name, "%s", device);
    status = apl_capture_device_open(device, config->channel, config->period_ms > 0 ? config->period_ms : PERIOD_MS,
                                     config->buffer_ms > 0 ? config->buffer_ms : BUFFER_MS, &made->device);
    if (status == APL_OK) {
        status = allocate(made, config);
    }
    if (status != APL_OK) {
        release(made);
        return status;
    }
    made->waits_for_reader = config->waits_for_reader;
    made->scan.channels = made->device.channels;
    atomic_store(&made->channel_used, config->channel);
    atomic_store(&made->wants_mute, config->muted != 0);
    int error = pthread_create(&made->thread, NULL, apl_capture_run, made);
    if (error != 0) {
        release(made);
        return apl_fail(APL_OUT_OF_MEMORY, "no thread for capturing: %s", strerror(error));
    }
    *capture = made;
    return APL_OK;
}

int32_t apl_capture_get_info(const apl_capture *capture, apl_capture_info *info)
{
    if (capture == NULL || info == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_get_info: an argument is null");
    }
    if (info->struct_size != sizeof *info) {
        return apl_fail(APL_STRUCT_SIZE, "apl_capture_info of %u bytes; this library knows %zu", info->struct_size, sizeof *info);
    }
    const struct capture_device *device = &capture->device;
    *info = (apl_capture_info){
        .struct_size = sizeof *info,
        .sample_rate_hz = device->rate_hz,
        .channels = device->channels,
        .bits = apl_capture_format_bits(device->format),
        .is_converted = device->is_converted,
        .period_frames = (int32_t)device->period_frames,
        .buffer_frames = (int32_t)device->buffer_frames,
    };
    return APL_OK;
}

int32_t apl_capture_set_muted(apl_capture *capture, int32_t muted)
{
    if (capture == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_set_muted: capture is null");
    }
    atomic_store(&capture->wants_mute, muted != 0);
    apl_capture_signal(capture->wake_fd);
    int64_t deadline = apl_capture_now() + (int64_t)MUTE_MS * 1000000;
    while (muted != 0 && !atomic_load(&capture->is_stopped)) {
        int64_t left = deadline - apl_capture_now();
        if (left <= 0) {
            return apl_fail(APL_DEVICE_FAILED, "'%s' did not stop within %d ms", capture->name, MUTE_MS);
        }
        apl_capture_wait(capture->stopped_fd, (int)(left / 1000000) + 1);
    }
    return APL_OK;
}

int32_t apl_capture_get_statistics(const apl_capture *capture, apl_capture_statistics *statistics)
{
    if (capture == NULL || statistics == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_get_statistics: an argument is null");
    }
    if (statistics->struct_size != sizeof *statistics) {
        return apl_fail(APL_STRUCT_SIZE, "apl_capture_statistics of %u bytes; this library knows %zu", statistics->struct_size,
                        sizeof *statistics);
    }
    *statistics = (apl_capture_statistics){
        .struct_size = sizeof *statistics,
        .channel_used = atomic_load(&capture->channel_used),
        .cancelled_channels = atomic_load(&capture->cancelled_channels),
        .is_realtime = atomic_load(&capture->is_realtime),
        .captured_frames = atomic_load(&capture->captured_frames),
        .lost_frames = atomic_load(&capture->lost_frames),
        .xruns = atomic_load(&capture->xruns),
        .suspends = atomic_load(&capture->suspends),
        .stalls = atomic_load(&capture->stalls),
        .ring_overruns = atomic_load(&capture->ring_overruns),
        .measured_rate_mhz = atomic_load(&capture->millihertz),
    };
    return APL_OK;
}

int32_t apl_capture_close(apl_capture *capture)
{
    if (capture != NULL) {
        atomic_store(&capture->wants_end, 1);
        apl_capture_signal(capture->wake_fd);
        pthread_join(capture->thread, NULL);
        release(capture);
    }
    return APL_OK;
}
