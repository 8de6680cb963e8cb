/*
 * A capture PCM for tests: it runs by the monotonic clock, has a bounded buffer that overruns when nobody reads, and raises errors when it
 * is told to. Sample n since the first start has the value n modulo 65536, so that a reader knows for each sample when it was captured; or,
 * with a file of samples (16-bit little endian, one channel), it is sample n of that, over and over.
 *
 *   pcm.paced { type paced control "/path/of/control/file" rate 16000 channels 1 samples "/path/of/samples" }
 */
#include "paced_pcm.h"

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct paced {
    snd_pcm_ioplug_t io;
    struct paced_control *control;
    const unsigned char *samples; /* mapped; null: the counter */
    int64_t sample_count;
    int64_t first; /* sample that the running stream began with */
    int64_t given; /* samples since */
    int is_running;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t position(struct paced *paced)
{
    return (int64_t)((double)(now_ns() - atomic_load(&paced->control->epoch_ns)) * paced->io.rate / 1e9);
}

static uint16_t value_at(const struct paced *paced, int64_t sample)
{
    if (paced->samples == NULL) {
        return (uint16_t)sample;
    }
    const unsigned char *at = paced->samples + sample % paced->sample_count * 2;
    return (uint16_t)(at[0] | at[1] << 8);
}

/* Maps a file of samples; 0 or a negative errno. */
static int map_samples(struct paced *paced, const char *path)
{
    int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (path == NULL) {
        return 0;
    }
    off_t bytes = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
    void *mapped = bytes < 2 ? MAP_FAILED : mmap(NULL, (size_t)bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (fd >= 0) {
        close(fd);
    }
    if (mapped == MAP_FAILED) {
        return -ENODEV;
    }
    paced->samples = mapped;
    paced->sample_count = bytes / 2;
    return 0;
}

static int paced_start(snd_pcm_ioplug_t *io)
{
    struct paced *paced = io->private_data;
    int64_t none = 0;
    atomic_compare_exchange_strong(&paced->control->epoch_ns, &none, now_ns());
    paced->first = position(paced);
    paced->given = 0;
    paced->is_running = 1;
    atomic_fetch_add(&paced->control->starts, 1);
    atomic_store(&paced->control->is_running, 1);
    int64_t period = (int64_t)(io->period_size * 1000000000 / io->rate);
    struct itimerspec interval = {{period / 1000000000, period % 1000000000}, {period / 1000000000, period % 1000000000}};
    return timerfd_settime(io->poll_fd, 0, &interval, NULL) < 0 ? -errno : 0;
}

static int paced_stop(snd_pcm_ioplug_t *io)
{
    struct paced *paced = io->private_data;
    struct itimerspec never = {{0, 0}, {0, 0}};
    timerfd_settime(io->poll_fd, 0, &never, NULL);
    paced->is_running = 0;
    atomic_store(&paced->control->is_running, 0);
    return 0;
}

static int paced_prepare(snd_pcm_ioplug_t *io)
{
    struct paced *paced = io->private_data;
    paced->given = 0;
    return 0;
}

static snd_pcm_sframes_t paced_pointer(snd_pcm_ioplug_t *io)
{
    struct paced *paced = io->private_data;
    if (!paced->is_running) {
        return 0;
    }
    int64_t made = position(paced) - paced->first;
    if (made - paced->given > (int64_t)io->buffer_size) {
        return -EPIPE;
    }
    return (snd_pcm_sframes_t)(made % (int64_t)io->buffer_size);
}

static snd_pcm_sframes_t paced_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset,
                                        snd_pcm_uframes_t size)
{
    struct paced *paced = io->private_data;
    uint64_t ticks;
    ssize_t got = read(io->poll_fd, &ticks, sizeof ticks);
    (void)got;
    int32_t raise = atomic_exchange(&paced->control->raise, 0);
    if (raise != 0) {
        return -raise;
    }
    for (unsigned channel = 0; channel < io->channels; channel++) {
        unsigned char *at = (unsigned char *)areas[channel].addr + areas[channel].first / 8 + offset * areas[channel].step / 8;
        for (snd_pcm_uframes_t i = 0; i < size; i++, at += areas[channel].step / 8) {
            uint16_t value = value_at(paced, paced->first + paced->given + (int64_t)i);
            at[0] = (unsigned char)value;
            at[1] = (unsigned char)(value >> 8);
        }
    }
    paced->given += (int64_t)size;
    return (snd_pcm_sframes_t)size;
}

static int paced_close(snd_pcm_ioplug_t *io)
{
    struct paced *paced = io->private_data;
    munmap(paced->control, sizeof *paced->control);
    if (paced->samples != NULL) {
        munmap((void *)paced->samples, (size_t)paced->sample_count * 2);
    }
    close(io->poll_fd);
    free(paced);
    return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = paced_start,
    .stop = paced_stop,
    .pointer = paced_pointer,
    .transfer = paced_transfer,
    .prepare = paced_prepare,
    .close = paced_close,
};

static int set_parameters(snd_pcm_ioplug_t *io, long rate, long channels)
{
    static const unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED};
    static const unsigned formats[] = {SND_PCM_FORMAT_S16_LE};
    int error = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, access);
    error = error < 0 ? error : snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, formats);
    error = error < 0 ? error : snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, (unsigned)rate, (unsigned)rate);
    error = error < 0 ? error : snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, (unsigned)channels, (unsigned)channels);
    error = error < 0 ? error : snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 128, 65536);
    error = error < 0 ? error : snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 512, 262144);
    return error;
}

SND_PCM_PLUGIN_DEFINE_FUNC(paced)
{
    const char *file = NULL;
    const char *samples = NULL;
    long rate = 16000;
    long channels = 1;
    snd_config_iterator_t i;
    snd_config_iterator_t next;
    (void)root;
    snd_config_for_each(i, next, conf) {
        snd_config_t *entry = snd_config_iterator_entry(i);
        const char *id;
        if (snd_config_get_id(entry, &id) < 0) {
            continue;
        }
        if (strcmp(id, "control") == 0) {
            snd_config_get_string(entry, &file);
        } else if (strcmp(id, "samples") == 0) {
            snd_config_get_string(entry, &samples);
        } else if (strcmp(id, "rate") == 0) {
            snd_config_get_integer(entry, &rate);
        } else if (strcmp(id, "channels") == 0) {
            snd_config_get_integer(entry, &channels);
        }
    }
    int fd = file == NULL ? -1 : open(file, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return -ENODEV;
    }
    void *control = mmap(NULL, sizeof(struct paced_control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (control == MAP_FAILED) {
        return -ENOMEM;
    }
    int32_t refuse = atomic_load(&((struct paced_control *)control)->refuse);
    struct paced *paced = refuse != 0 ? NULL : calloc(1, sizeof *paced);
    if (paced == NULL || map_samples(paced, samples) < 0) {
        free(paced);
        munmap(control, sizeof(struct paced_control));
        return refuse != 0 ? -refuse : -ENODEV;
    }
    paced->control = control;
    paced->io.version = SND_PCM_IOPLUG_VERSION;
    paced->io.name = "paced capture for tests";
    paced->io.callback = &callbacks;
    paced->io.private_data = paced;
    paced->io.poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    paced->io.poll_events = POLLIN;
    int error = snd_pcm_ioplug_create(&paced->io, name, stream, mode);
    if (error == 0) {
        error = set_parameters(&paced->io, rate, channels);
        if (error < 0) {
            snd_pcm_ioplug_delete(&paced->io);
            return error;
        }
    } else {
        close(paced->io.poll_fd);
        munmap(control, sizeof(struct paced_control));
        free(paced);
        return error;
    }
    *pcmp = paced->io.pcm;
    return 0;
}
SND_PCM_PLUGIN_SYMBOL(paced)
