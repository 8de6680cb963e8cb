#include "capture_ring.h"
#include "appliance.h"

#include <stdlib.h>
#include <string.h>

int32_t apl_ring_create(struct capture_ring *ring, uint64_t capacity)
{
    memset(ring, 0, sizeof *ring);
    ring->samples = calloc(capacity, sizeof *ring->samples);
    ring->capacity = capacity;
    return ring->samples == NULL ? APL_OUT_OF_MEMORY : APL_OK;
}

void apl_ring_destroy(struct capture_ring *ring)
{
    if (ring->samples != NULL) {
        memset(ring->samples, 0, ring->capacity * sizeof *ring->samples);
        free(ring->samples);
        ring->samples = NULL;
    }
}

uint64_t apl_ring_room(struct capture_ring *ring)
{
    return ring->capacity - (atomic_load_explicit(&ring->written, memory_order_relaxed) - atomic_load_explicit(&ring->read, memory_order_acquire));
}

static void set_clock(struct capture_ring *ring, uint64_t position, int64_t ns)
{
    uint32_t turn = atomic_load_explicit(&ring->clock_turn, memory_order_relaxed);
    atomic_store_explicit(&ring->clock_turn, turn + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&ring->clock_position, position, memory_order_relaxed);
    atomic_store_explicit(&ring->clock_ns, ns, memory_order_relaxed);
    atomic_store_explicit(&ring->clock_turn, turn + 2, memory_order_release);
}

void apl_ring_write(struct capture_ring *ring, const float *samples, uint64_t count, int64_t captured_ns)
{
    uint64_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    uint64_t at = written % ring->capacity;
    uint64_t first = count < ring->capacity - at ? count : ring->capacity - at;
    memcpy(ring->samples + at, samples, first * sizeof *samples);
    memcpy(ring->samples, samples + first, (count - first) * sizeof *samples);
    set_clock(ring, written + count, captured_ns);
    atomic_store_explicit(&ring->written, written + count, memory_order_release);
}

int apl_ring_mark(struct capture_ring *ring, int32_t event, int64_t frames, int64_t end_ns)
{
    uint32_t written = atomic_load_explicit(&ring->marks_written, memory_order_relaxed);
    if (written - atomic_load_explicit(&ring->marks_read, memory_order_acquire) == CAPTURE_MARKS) {
        return 0;
    }
    ring->marks[written % CAPTURE_MARKS] =
        (struct capture_mark){atomic_load_explicit(&ring->written, memory_order_relaxed), frames, end_ns, event};
    atomic_store_explicit(&ring->marks_written, written + 1, memory_order_release);
    return 1;
}

static const struct capture_mark *first_mark(struct capture_ring *ring)
{
    uint32_t read = atomic_load_explicit(&ring->marks_read, memory_order_relaxed);
    return read == atomic_load_explicit(&ring->marks_written, memory_order_acquire) ? NULL : &ring->marks[read % CAPTURE_MARKS];
}

uint64_t apl_ring_peek(struct capture_ring *ring, const float **samples)
{
    /* the end is read before the marks: a mark that comes meanwhile stands behind it */
    uint64_t read = atomic_load_explicit(&ring->read, memory_order_relaxed);
    uint64_t end = atomic_load_explicit(&ring->written, memory_order_acquire);
    const struct capture_mark *mark = first_mark(ring);
    if (mark != NULL && mark->position < end) {
        end = mark->position;
    }
    uint64_t at = read % ring->capacity;
    uint64_t piece = ring->capacity - at;
    *samples = ring->samples + at;
    return end - read < piece ? end - read : piece;
}

const struct capture_mark *apl_ring_next_mark(struct capture_ring *ring)
{
    const struct capture_mark *mark = first_mark(ring);
    return mark != NULL && mark->position == atomic_load_explicit(&ring->read, memory_order_relaxed) ? mark : NULL;
}

void apl_ring_advance(struct capture_ring *ring, uint64_t count)
{
    uint64_t read = atomic_load_explicit(&ring->read, memory_order_relaxed);
    memset(ring->samples + read % ring->capacity, 0, count * sizeof *ring->samples);
    atomic_store_explicit(&ring->read, read + count, memory_order_release);
}

void apl_ring_advance_mark(struct capture_ring *ring)
{
    atomic_store_explicit(&ring->marks_read, atomic_load_explicit(&ring->marks_read, memory_order_relaxed) + 1, memory_order_release);
}

int64_t apl_ring_time(struct capture_ring *ring, int32_t rate_hz)
{
    uint32_t turn;
    uint64_t position;
    int64_t ns;
    do {
        turn = atomic_load_explicit(&ring->clock_turn, memory_order_acquire);
        position = atomic_load_explicit(&ring->clock_position, memory_order_relaxed);
        ns = atomic_load_explicit(&ring->clock_ns, memory_order_relaxed);
        atomic_thread_fence(memory_order_acquire);
    } while ((turn & 1) != 0 || turn != atomic_load_explicit(&ring->clock_turn, memory_order_relaxed));
    int64_t ahead = (int64_t)(position - atomic_load_explicit(&ring->read, memory_order_relaxed));
    return ns - ahead * 1000000000 / rate_hz;
}
