/* What the capture thread, its reader and its owner share. */
#ifndef APL_CAPTURE_STREAM_H
#define APL_CAPTURE_STREAM_H

#include "appliance.h"
#include "capture_device.h"
#include "capture_ring.h"
#include "channel_mix.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

struct apl_capture {
    char name[256];
    struct capture_device device;
    struct capture_ring ring;
    pthread_t thread;
    int32_t waits_for_reader;

    /* eventfds: for the capture thread, for the reader, and for whoever waits for the thread to have stopped the device */
    int wake_fd;
    int data_fd;
    int stopped_fd;
    _Atomic int32_t wants_mute;
    _Atomic int32_t wants_end;
    _Atomic int32_t is_stopped; /* the device is stopped and stays so while wants_mute */
    _Atomic int32_t is_gone; /* the thread has ended by itself */
    _Atomic int32_t gone_error; /* errno */

    /* statistics */
    _Atomic int32_t channel_used;
    _Atomic int32_t cancelled_channels;
    _Atomic int32_t is_realtime;
    _Atomic int64_t captured_frames;
    _Atomic int64_t lost_frames;
    _Atomic int64_t xruns;
    _Atomic int64_t suspends;
    _Atomic int64_t stalls;
    _Atomic int64_t ring_overruns;
    _Atomic int64_t millihertz; /* measured rate */

    /* of the capture thread alone */
    unsigned char *raw; /* one block as the device gives it */
    float *interleaved;
    float *mono;
    struct channel_scan scan;
    int64_t last_ns; /* when the last sample on the timeline was captured */
    int64_t started_ns;
    int64_t frames_since_start;
    int fruitless; /* restarts since the last sample */
    int is_overrun; /* the ring is full */
    int32_t pending_event; /* a mark that found no room yet; 0: none */
    int64_t pending_frames;
    int64_t pending_end_ns;

    /* of the reader alone */
    apl_resampler *resampler;
    int64_t taken; /* frames of the timeline, at the device's rate */
    int64_t given; /* samples of the timeline, at 16 kHz */
    int is_flushing;
    int is_flushed;
};

/* CLOCK_MONOTONIC. */
int64_t apl_capture_now(void);

/* An eventfd that says "look again": sets it. */
void apl_capture_signal(int fd);

/* Waits until it is set, or for some milliseconds (-1: for ever), and clears it. */
void apl_capture_wait(int fd, int milliseconds);

/* The capture thread: runs until wants_end or the device is gone. */
void *apl_capture_run(void *capture);

#endif
