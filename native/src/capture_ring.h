/*
 * The way from the capture thread to its reader: a ring of mono samples at the device's rate, marks where the timeline has no samples, and
 * the time at which samples were captured. One thread writes, one reads, neither ever waits for the other.
 */
#ifndef APL_CAPTURE_RING_H
#define APL_CAPTURE_RING_H

#include <stdatomic.h>
#include <stdint.h>

enum { CAPTURE_MARKS = 256 };

/* A stretch of the timeline without samples. */
struct capture_mark {
    uint64_t position; /* samples of the ring before it */
    int64_t frames; /* its length, at the device's rate */
    int64_t end_ns; /* CLOCK_MONOTONIC of its end */
    int32_t event; /* APL_CAPTURE_LOST or APL_CAPTURE_MUTED */
};

struct capture_ring {
    float *samples;
    uint64_t capacity;
    _Atomic uint64_t written; /* samples, ever */
    _Atomic uint64_t read;
    struct capture_mark marks[CAPTURE_MARKS];
    _Atomic uint32_t marks_written;
    _Atomic uint32_t marks_read;
    _Atomic uint32_t clock_turn; /* odd while the two below are being written */
    _Atomic uint64_t clock_position;
    _Atomic int64_t clock_ns; /* CLOCK_MONOTONIC at which the sample before clock_position was captured */
};

int32_t apl_ring_create(struct capture_ring *ring, uint64_t capacity);

/* Zeroes and frees the samples. */
void apl_ring_destroy(struct capture_ring *ring);

/* Room for the writer. */
uint64_t apl_ring_room(struct capture_ring *ring);

/* Appends samples, for which there is room, the last of which was captured at a time. */
void apl_ring_write(struct capture_ring *ring, const float *samples, uint64_t count, int64_t captured_ns);

/* Appends a mark behind all samples so far; 0 when there is no room for it, else 1. */
int apl_ring_mark(struct capture_ring *ring, int32_t event, int64_t frames, int64_t end_ns);

/* Samples that can be read before the next mark (or the end); a pointer to them, as many as lie in one piece. */
uint64_t apl_ring_peek(struct capture_ring *ring, const float **samples);

/* The mark that comes next, when no sample stands before it; null otherwise. */
const struct capture_mark *apl_ring_next_mark(struct capture_ring *ring);

/* Samples have been used; they are zeroed, so that what was said does not stay in memory. */
void apl_ring_advance(struct capture_ring *ring, uint64_t count);

/* The next mark has been used. */
void apl_ring_advance_mark(struct capture_ring *ring);

/* CLOCK_MONOTONIC at which the sample before the reading position was captured, at a rate. */
int64_t apl_ring_time(struct capture_ring *ring, int32_t rate_hz);

#endif
