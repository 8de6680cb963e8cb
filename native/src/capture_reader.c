/* The reading side of apl_capture: ring -> 16 kHz, and the marks between. The resampler is emptied before each mark. */
#include "capture_stream.h"
#include "status.h"

enum { OUTPUT_RATE_HZ = 16000, LEAST_CAPACITY = 512 };

/* Samples of the timeline at 16 kHz up to a frame at the device's rate. */
static int64_t place(const apl_capture *capture, int64_t frames)
{
    return (frames * OUTPUT_RATE_HZ + capture->device.rate_hz / 2) / capture->device.rate_hz;
}

/* Gives what the resampler still holds; count 0: nothing any more. */
static int32_t flush(apl_capture *capture, float *samples, int64_t capacity, int64_t *count)
{
    int64_t taken = 0;
    int32_t status = apl_resampler_process(capture->resampler, NULL, 0, &taken, samples, capacity, count);
    if (status == APL_OK && *count == 0) {
        capture->is_flushing = 0;
        capture->is_flushed = 1;
    }
    return status;
}

/* The next stretch without samples. It takes up what rounding and the resampler left over, so that errors do not add up. */
static int take_mark(apl_capture *capture, const struct capture_mark *mark, apl_capture_result *result)
{
    capture->taken += mark->frames;
    int64_t count = place(capture, capture->taken) - capture->given;
    result->event = mark->event;
    result->count = count;
    result->captured_ns = mark->end_ns;
    capture->is_flushed = 0;
    apl_ring_advance_mark(&capture->ring);
    if (count <= 0) {
        return 0;
    }
    capture->given += count;
    return 1;
}

static int32_t take_samples(apl_capture *capture, const float *input, uint64_t there, float *samples, int64_t capacity, int64_t *count)
{
    int64_t taken = 0;
    int64_t offered = there < (uint64_t)capacity * 4 ? (int64_t)there : capacity * 4;
    int32_t status = apl_resampler_process(capture->resampler, input, offered, &taken, samples, capacity, count);
    if (status == APL_OK) {
        apl_ring_advance(&capture->ring, (uint64_t)taken);
        capture->taken += taken;
        capture->is_flushed = 0;
    }
    return status;
}

/* 1: result is filled; 0: nothing there yet; negative: a failure, its status negated. */
static int next(apl_capture *capture, float *samples, int64_t capacity, apl_capture_result *result)
{
    /* 1. what stands before a mark or the end; 2. the mark; 3. samples; 4. the end */
    for (;;) {
        int64_t count = 0;
        int32_t status = APL_OK;
        int is_gone = atomic_load(&capture->is_gone);
        const float *input;
        uint64_t there = apl_ring_peek(&capture->ring, &input);
        const struct capture_mark *mark = there == 0 ? apl_ring_next_mark(&capture->ring) : NULL;
        if (capture->is_flushing || ((mark != NULL || (is_gone && there == 0)) && !capture->is_flushed)) {
            capture->is_flushing = 1;
            status = flush(capture, samples, capacity, &count);
        } else if (mark != NULL) {
            if (take_mark(capture, mark, result)) {
                return 1;
            }
            continue;
        } else if (there > 0) {
            status = take_samples(capture, input, there, samples, capacity, &count);
        } else if (is_gone) {
            result->event = APL_CAPTURE_GONE;
            result->error = atomic_load(&capture->gone_error);
            result->captured_ns = apl_capture_now();
            return 1;
        } else {
            return 0;
        }
        if (status != APL_OK) {
            return -status;
        }
        if (count > 0) {
            capture->given += count;
            result->event = APL_CAPTURE_SAMPLES;
            result->count = count;
            result->captured_ns = apl_ring_time(&capture->ring, capture->device.rate_hz);
            return 1;
        }
    }
}

int32_t apl_capture_read(apl_capture *capture, float *samples, int64_t capacity, int32_t timeout_ms, apl_capture_result *result)
{
    if (capture == NULL || samples == NULL || result == NULL || capacity < LEAST_CAPACITY || timeout_ms < 0) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_read: an argument is null or out of range (capacity: at least %d)", LEAST_CAPACITY);
    }
    if (result->struct_size != sizeof *result) {
        return apl_fail(APL_STRUCT_SIZE, "apl_capture_result of %u bytes; this library knows %zu", result->struct_size, sizeof *result);
    }
    int64_t deadline = apl_capture_now() + (int64_t)timeout_ms * 1000000;
    *result = (apl_capture_result){.struct_size = sizeof *result};
    for (;;) {
        int outcome = next(capture, samples, capacity, result);
        if (outcome < 0) {
            return -outcome;
        }
        int64_t left = deadline - apl_capture_now();
        if (outcome > 0 || left <= 0) {
            result->captured_ns = outcome > 0 ? result->captured_ns : apl_capture_now();
            return APL_OK;
        }
        /* what was signalled before is seen by looking again, what comes afterwards wakes */
        apl_capture_wait(capture->data_fd, (int)((left + 999999) / 1000000));
    }
}
