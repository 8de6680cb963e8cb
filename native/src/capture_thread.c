/*
 * The capture thread. It waits for the device alone: never for the reader, never for memory. Each stretch that the device, the system or a
 * full ring lost is measured by the monotonic clock, from the last sample that is on the timeline to the restart, and marked there.
 */
#include "capture_stream.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { STALL_MS = 2000, MOST_FDS = 16, MOST_FRUITLESS = 3, MOST_EMPTY_WAKES = 50, PRIORITY = 20, NICE = -15, SCAN_SECONDS = 5 };

static const int64_t SECOND_NS = 1000000000;

int64_t apl_capture_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND_NS + now.tv_nsec;
}

void apl_capture_signal(int fd)
{
    uint64_t one = 1;
    ssize_t written = write(fd, &one, sizeof one);
    (void)written;
}

void apl_capture_wait(int fd, int milliseconds)
{
    struct pollfd set = {fd, POLLIN, 0};
    uint64_t count;
    if (poll(&set, 1, milliseconds) > 0) {
        ssize_t got = read(fd, &count, sizeof count);
        (void)got;
    }
}

static int must_stop(struct apl_capture *capture)
{
    return atomic_load(&capture->wants_end) != 0 || atomic_load(&capture->wants_mute) != 0;
}

/* Other work of the machine must not make the device's buffer overrun. */
static void raise_priority(struct apl_capture *capture)
{
    struct sched_param parameters = {.sched_priority = PRIORITY};
    if (pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0) {
        atomic_store(&capture->is_realtime, 1);
    } else {
        setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICE);
    }
}

static void end_with(struct apl_capture *capture, int error)
{
    atomic_store(&capture->gone_error, error < 0 ? -error : error);
    atomic_store(&capture->is_gone, 1);
}

/* ---- the timeline ---- */

static int flush_mark(struct apl_capture *capture)
{
    if (capture->pending_event != 0
        && apl_ring_mark(&capture->ring, capture->pending_event, capture->pending_frames, capture->pending_end_ns) == 1) {
        capture->pending_event = 0;
        capture->pending_frames = 0;
    }
    return capture->pending_event == 0;
}

/* Adds to the mark that waits for its place; two kinds that meet become one loss. */
static void defer_mark(struct apl_capture *capture, int32_t event, int64_t frames, int64_t end_ns)
{
    if (frames <= 0 || event == APL_CAPTURE_IDLE) {
        return;
    }
    if (event == APL_CAPTURE_LOST) {
        atomic_fetch_add(&capture->lost_frames, frames);
    }
    capture->pending_event = capture->pending_event == 0 || capture->pending_event == event ? event : APL_CAPTURE_LOST;
    capture->pending_frames += frames;
    capture->pending_end_ns = end_ns;
}

/* Marks a stretch without samples here. */
static void mark(struct apl_capture *capture, int32_t event, int64_t frames, int64_t end_ns)
{
    defer_mark(capture, event, frames, end_ns);
    flush_mark(capture);
    apl_capture_signal(capture->data_fd);
}

static int64_t frames_between(struct apl_capture *capture, int64_t from_ns, int64_t to_ns)
{
    return llround((double)(to_ns - from_ns) * capture->device.rate_hz / (double)SECOND_NS);
}

/* When the last frame that was read was captured: what still waits in the device came after it. */
static int64_t captured_at(struct apl_capture *capture)
{
    int64_t now = apl_capture_now();
    snd_pcm_uframes_t waiting = 0;
    snd_htimestamp_t stamp;
    if (snd_pcm_htimestamp(capture->device.pcm, &waiting, &stamp) < 0 || waiting > capture->device.buffer_frames) {
        return now;
    }
    int64_t at = stamp.tv_sec * SECOND_NS + stamp.tv_nsec;
    /* drivers and plugins without a monotonic timestamp give none or another clock's */
    if (at > now || at < now - SECOND_NS) {
        at = now;
    }
    return at - (int64_t)waiting * SECOND_NS / capture->device.rate_hz;
}

static int32_t choose_channel(struct apl_capture *capture, int64_t frames)
{
    int32_t channel = atomic_load_explicit(&capture->channel_used, memory_order_relaxed);
    if (channel < 0 && capture->device.channels > 1 && capture->scan.active_frames < (int64_t)SCAN_SECONDS * capture->device.rate_hz) {
        apl_channel_scan_add(&capture->scan, capture->interleaved, frames);
        channel = capture->scan.active_frames > capture->device.rate_hz / 2 ? apl_channel_scan_verdict(&capture->scan) : -1;
        if (channel >= 0) {
            atomic_store(&capture->channel_used, channel);
            atomic_store(&capture->cancelled_channels, 1);
        }
    }
    return channel;
}

static void measure_rate(struct apl_capture *capture)
{
    int64_t elapsed = capture->last_ns - capture->started_ns;
    if (elapsed > 10 * SECOND_NS) {
        atomic_store(&capture->millihertz, (int64_t)((double)capture->frames_since_start * 1e12 / (double)elapsed));
    }
}

/* Puts a block on the timeline, or its loss when nobody has made room. */
static void take(struct apl_capture *capture, int64_t frames)
{
    struct capture_device *device = &capture->device;
    capture->fruitless = 0;
    capture->frames_since_start += frames;
    capture->last_ns = captured_at(capture);
    measure_rate(capture);
    atomic_fetch_add(&capture->captured_frames, frames);
    apl_capture_convert(device->format, capture->raw, frames * device->channels, capture->interleaved);
    apl_channel_scrub(capture->interleaved, frames * device->channels);
    apl_channel_mix(capture->interleaved, frames, device->channels, choose_channel(capture, frames), capture->mono);
    while (capture->waits_for_reader && apl_ring_room(&capture->ring) < device->period_frames && !must_stop(capture)) {
        apl_capture_wait(capture->wake_fd, 1);
    }
    if (apl_ring_room(&capture->ring) >= device->period_frames && flush_mark(capture)) {
        capture->is_overrun = 0;
        apl_ring_write(&capture->ring, capture->mono, (uint64_t)frames, capture->last_ns);
        apl_capture_signal(capture->data_fd);
    } else {
        if (!capture->is_overrun) {
            atomic_fetch_add(&capture->ring_overruns, 1);
        }
        capture->is_overrun = 1;
        defer_mark(capture, APL_CAPTURE_LOST, frames, capture->last_ns);
    }
    memset(capture->mono, 0, (size_t)frames * sizeof *capture->mono);
    memset(capture->interleaved, 0, (size_t)(frames * device->channels) * sizeof *capture->interleaved);
}

/* ---- the device ---- */

/* Starts the device and marks what passed since the last sample; 0, or a negative errno. */
static int start(struct apl_capture *capture, int32_t event)
{
    snd_pcm_t *pcm = capture->device.pcm;
    int error = snd_pcm_state(pcm) == SND_PCM_STATE_PREPARED ? 0 : snd_pcm_prepare(pcm);
    if (error == 0) {
        error = snd_pcm_start(pcm);
    }
    if (error < 0) {
        return error;
    }
    int64_t now = apl_capture_now();
    mark(capture, event, frames_between(capture, capture->last_ns, now), now);
    capture->last_ns = now;
    capture->started_ns = now;
    capture->frames_since_start = 0;
    return 0;
}

static int is_gone(struct apl_capture *capture, int error)
{
    return error == -ENODEV || error == -ENXIO || snd_pcm_state(capture->device.pcm) == SND_PCM_STATE_DISCONNECTED;
}

/* Brings the device back after a fault, or ends the thread. */
static void recover(struct apl_capture *capture, int error)
{
    if (error == -EPIPE) {
        atomic_fetch_add(&capture->xruns, 1);
    } else if (error == -ESTRPIPE) {
        atomic_fetch_add(&capture->suspends, 1);
        while (snd_pcm_resume(capture->device.pcm) == -EAGAIN && !must_stop(capture)) {
            apl_capture_wait(capture->wake_fd, 50);
        }
    }
    if (is_gone(capture, error) || capture->fruitless++ >= MOST_FRUITLESS) {
        end_with(capture, error);
        return;
    }
    snd_pcm_drop(capture->device.pcm);
    int again = start(capture, APL_CAPTURE_LOST);
    if (again < 0 && (is_gone(capture, again) || capture->fruitless >= MOST_FRUITLESS)) {
        end_with(capture, again);
    } else if (again < 0) {
        apl_capture_wait(capture->wake_fd, 50);
    }
}

/* Reads all that is there. */
static void drain(struct apl_capture *capture, int *empty)
{
    int has_read = 0;
    while (!must_stop(capture) && !atomic_load(&capture->is_gone)) {
        snd_pcm_sframes_t frames = snd_pcm_readi(capture->device.pcm, capture->raw, capture->device.period_frames);
        if (frames > 0) {
            take(capture, frames);
            has_read = 1;
        } else if (frames == 0 || frames == -EAGAIN || frames == -EINTR) {
            break;
        } else {
            recover(capture, (int)frames);
            break;
        }
    }
    *empty = has_read ? 0 : *empty + 1;
    if (*empty > MOST_EMPTY_WAKES) {
        /* a device that says it has something and gives nothing must not eat a processor at real-time priority */
        apl_capture_wait(capture->wake_fd, 5);
    }
}

/* Waits for the device or the owner; 0 when the device gave no sign for too long. */
static int wait_for_device(struct apl_capture *capture)
{
    struct pollfd fds[MOST_FDS];
    fds[0] = (struct pollfd){capture->wake_fd, POLLIN, 0};
    int count = snd_pcm_poll_descriptors(capture->device.pcm, fds + 1, MOST_FDS - 1);
    int ready = poll(fds, 1 + (nfds_t)(count < 0 ? 0 : count), STALL_MS);
    if (ready > 0 && (fds[0].revents & POLLIN) != 0) {
        apl_capture_wait(capture->wake_fd, 0);
    }
    if (ready > 0 && count > 0) {
        unsigned short events;
        snd_pcm_poll_descriptors_revents(capture->device.pcm, fds + 1, (unsigned)count, &events);
    }
    return ready != 0;
}

static void stop(struct apl_capture *capture)
{
    snd_pcm_drop(capture->device.pcm);
    memset(capture->raw, 0, capture->device.period_frames * (size_t)(capture->device.channels * apl_capture_format_bytes(capture->device.format)));
    atomic_store(&capture->is_stopped, 1);
    apl_capture_signal(capture->stopped_fd);
    while (atomic_load(&capture->wants_mute) && !atomic_load(&capture->wants_end)) {
        apl_capture_wait(capture->wake_fd, -1);
    }
    atomic_store(&capture->is_stopped, 0);
}

static void listen_to_device(struct apl_capture *capture)
{
    int empty = 0;
    int64_t heard_ns = apl_capture_now();
    while (!must_stop(capture) && !atomic_load(&capture->is_gone)) {
        int is_ready = wait_for_device(capture);
        int64_t before = capture->frames_since_start;
        if (is_ready) {
            drain(capture, &empty);
        }
        int64_t now = apl_capture_now();
        if (capture->frames_since_start != before) {
            heard_ns = now;
        } else if (now - heard_ns > STALL_MS * (SECOND_NS / 1000) && !must_stop(capture)) {
            atomic_fetch_add(&capture->stalls, 1);
            recover(capture, -EIO);
            heard_ns = now;
        }
    }
}

void *apl_capture_run(void *argument)
{
    struct apl_capture *capture = argument;
    apl_capture_silence_alsa();
    if (!capture->waits_for_reader) {
        raise_priority(capture);
    }
    capture->last_ns = apl_capture_now();
    int32_t event = APL_CAPTURE_IDLE; /* before the first start nothing is missed */
    while (!atomic_load(&capture->wants_end) && !atomic_load(&capture->is_gone)) {
        if (atomic_load(&capture->wants_mute)) {
            stop(capture);
            event = APL_CAPTURE_MUTED;
            continue;
        }
        int error = start(capture, event);
        event = APL_CAPTURE_LOST;
        if (error < 0) {
            recover(capture, error);
        }
        listen_to_device(capture);
    }
    atomic_store(&capture->is_stopped, 1);
    apl_capture_signal(capture->stopped_fd);
    apl_capture_signal(capture->data_fd);
    return NULL;
}
