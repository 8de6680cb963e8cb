/* apl_log_mel: cuts a stream of samples into batches for the kernels. */
#include "log_mel.h"

#include "simd.h"
#include "status.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PADDING (MEL_FFT / 2) /* mirrored samples before the first */

struct apl_log_mel {
    struct mel_tables tables;
    struct mel_scratch scratch;
    mel_kernel *kernel;
    int64_t samples; /* taken since the reset */
    float maximum; /* over complete frames */
    float finished_maximum; /* with those of the last finish; what the caller is told */
    int32_t held; /* samples in buffer, which starts where the next frame does; the mirror image counts */
    float buffer[MEL_BATCH_SAMPLES];
};

static mel_kernel *kernel_for(int32_t level)
{
    switch (level) {
#if defined(__x86_64__)
    case APL_SIMD_AVX2:
        return apl_mel_kernel_avx2;
    case APL_SIMD_AVX512:
        return apl_mel_kernel_avx512;
#elif defined(__aarch64__)
    case APL_SIMD_NEON:
        return apl_mel_kernel_neon;
#endif
    default:
        return apl_mel_kernel_scalar;
    }
}

int32_t apl_log_mel_create(const apl_log_mel_config *config, apl_log_mel **log_mel)
{
    if (config == NULL || log_mel == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "config or log_mel is null");
    }
    if (config->struct_size != sizeof *config) {
        return apl_fail(APL_STRUCT_SIZE, "apl_log_mel_config of %u bytes; this library knows %zu", config->struct_size, sizeof *config);
    }
    if (config->mel_count != 80 && config->mel_count != 128) {
        return apl_fail(APL_INVALID_ARGUMENT, "mel_count is %d; 80 and 128 are known", config->mel_count);
    }
    int32_t level = apl_simd_resolve(config->simd_level);
    if (level < 0) {
        return apl_fail(APL_SIMD_UNAVAILABLE, "SIMD level %d is not available here", config->simd_level);
    }
    apl_log_mel *created = aligned_alloc(64, (sizeof *created + 63) / 64 * 64);
    if (created == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory for %zu bytes", sizeof *created);
    }
    memset(created, 0, sizeof *created);
    apl_mel_tables_fill(&created->tables, config->mel_count);
    created->kernel = kernel_for(level);
    apl_log_mel_reset(created);
    *log_mel = created;
    return APL_OK;
}

int32_t apl_log_mel_destroy(apl_log_mel *log_mel)
{
    free(log_mel);
    return APL_OK;
}

int32_t apl_log_mel_reset(apl_log_mel *log_mel)
{
    if (log_mel == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "log_mel is null");
    }
    log_mel->samples = 0;
    log_mel->held = PADDING;
    log_mel->maximum = MEL_FLOOR_LOG10;
    log_mel->finished_maximum = MEL_FLOOR_LOG10;
    return APL_OK;
}

/* Frames that are complete once this many samples have come. */
static int64_t complete_frames(int64_t samples)
{
    return samples < PADDING ? 0 : (samples - PADDING) / MEL_HOP + 1;
}

/* The mirror image before the first sample; the window is 0 on the very first, which would need sample 200. */
static void mirror(float *buffer)
{
    buffer[0] = 0;
    for (int i = 1; i < PADDING; i++) {
        buffer[i] = buffer[2 * PADDING - i];
    }
}

/* Turns the complete frames of the buffer into mel frames and drops their hops. */
static int32_t drain(apl_log_mel *log_mel, float *frames)
{
    int32_t count = (log_mel->held - MEL_FFT) / MEL_HOP + 1;
    float largest = log_mel->kernel(&log_mel->tables, &log_mel->scratch, log_mel->buffer, count, frames);
    log_mel->maximum = largest > log_mel->maximum ? largest : log_mel->maximum;
    log_mel->held -= count * MEL_HOP;
    memmove(log_mel->buffer, log_mel->buffer + count * MEL_HOP, (size_t)log_mel->held * sizeof *log_mel->buffer);
    return count;
}

int32_t apl_log_mel_append(apl_log_mel *log_mel, const float *samples, int64_t sample_count, float *frames, int64_t capacity_frames,
                           int64_t *count)
{
    if (log_mel == NULL || (samples == NULL && sample_count > 0) || sample_count < 0 || (frames == NULL && capacity_frames > 0) ||
        count == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "log_mel, samples, frames or count is null, or sample_count is negative");
    }
    int64_t due = complete_frames(log_mel->samples + sample_count) - complete_frames(log_mel->samples);
    if (due > capacity_frames) {
        return apl_fail(APL_BUFFER_TOO_SMALL, "%lld frames are due, there is room for %lld", (long long)due, (long long)capacity_frames);
    }
    int64_t taken = 0;
    float *next = frames;
    while (taken < sample_count) {
        int64_t room = MEL_BATCH_SAMPLES - log_mel->held;
        int64_t copied = sample_count - taken < room ? sample_count - taken : room;
        memcpy(log_mel->buffer + log_mel->held, samples + taken, (size_t)copied * sizeof *samples);
        log_mel->held += (int32_t)copied;
        taken += copied;
        if (log_mel->samples < PADDING && log_mel->samples + copied >= PADDING) {
            mirror(log_mel->buffer);
        }
        log_mel->samples += copied;
        if (log_mel->held >= MEL_FFT) {
            next += drain(log_mel, next) * log_mel->tables.mel_count;
        }
    }
    log_mel->finished_maximum = log_mel->maximum;
    *count = due;
    return APL_OK;
}

int32_t apl_log_mel_finish(apl_log_mel *log_mel, float *frames, int64_t capacity_frames, int64_t *count)
{
    if (log_mel == NULL || (frames == NULL && capacity_frames > 0) || count == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "log_mel, frames or count is null");
    }
    int32_t due = log_mel->samples == 0 ? 0 : (log_mel->held + MEL_HOP - 1) / MEL_HOP;
    if (due > capacity_frames) {
        return apl_fail(APL_BUFFER_TOO_SMALL, "%d frames are due, there is room for %lld", due, (long long)capacity_frames);
    }
    *count = due;
    if (due == 0) {
        return APL_OK;
    }
    float tail[MEL_BATCH_SAMPLES] = {0};
    memcpy(tail, log_mel->buffer, (size_t)log_mel->held * sizeof *tail);
    if (log_mel->samples < PADDING) {
        mirror(tail);
    }
    float largest = log_mel->kernel(&log_mel->tables, &log_mel->scratch, tail, due, frames);
    log_mel->finished_maximum = largest > log_mel->maximum ? largest : log_mel->maximum;
    return APL_OK;
}

int32_t apl_log_mel_get_maximum(const apl_log_mel *log_mel, float *maximum)
{
    if (log_mel == NULL || maximum == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "log_mel or maximum is null");
    }
    *maximum = log_mel->finished_maximum;
    return APL_OK;
}
