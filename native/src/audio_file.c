/*
 * apl_audio_file: source (audio_source.h) -> one channel (channel_mix.h) -> 16 kHz (apl_resampler). Memory is one block, and for a pipe of
 * several channels the bounded look-ahead by which its channels were judged.
 */
#include "audio_source.h"
#include "channel_mix.h"
#include "status.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_FRAMES 4096
#define SCAN_ACTIVE_SECONDS 30
#define SCAN_SECONDS 600
#define LOOK_AHEAD_SAMPLES (1024 * 1024)

struct apl_audio_file {
    struct audio_source source;
    apl_resampler *resampler;
    int32_t channel_used;
    int32_t cancelled_channels;
    int64_t non_finite_samples;
    int64_t source_frames;
    int ended; /* the source has */
    int32_t failure; /* status of a read that failed; it stays */

    float *block; /* [BLOCK_FRAMES, channels]; its start is reused for the mono samples */
    int64_t mono_start, mono_end; /* samples of the block that are still to be resampled */

    float *look_ahead; /* [look_ahead_frames, channels], of a pipe; null once used up */
    int64_t look_ahead_frames, look_ahead_used;
};

/* ---- judging the channels ---- */

static int is_scanned_enough(const struct channel_scan *scan, int64_t rate_hz)
{
    return scan->active_frames >= SCAN_ACTIVE_SECONDS * rate_hz || scan->frames >= SCAN_SECONDS * rate_hz;
}

static int32_t scan_file(apl_audio_file *file, struct channel_scan *scan)
{
    int64_t got;
    do {
        int32_t status = apl_audio_source_read(&file->source, file->block, BLOCK_FRAMES, &got);
        if (status != APL_OK) {
            return status;
        }
        apl_channel_scrub(file->block, got * scan->channels);
        apl_channel_scan_add(scan, file->block, got);
    } while (got == BLOCK_FRAMES && !is_scanned_enough(scan, file->source.info.samplerate));
    return apl_audio_source_restart(&file->source);
}

/* What is read ahead from a pipe is kept for read_source. */
static int32_t scan_pipe(apl_audio_file *file, struct channel_scan *scan)
{
    int64_t room = LOOK_AHEAD_SAMPLES / scan->channels;
    file->look_ahead = malloc(LOOK_AHEAD_SAMPLES * sizeof *file->look_ahead);
    if (file->look_ahead == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory for %lld samples", (long long)LOOK_AHEAD_SAMPLES);
    }
    int64_t got = BLOCK_FRAMES;
    while (got == BLOCK_FRAMES && file->look_ahead_frames + BLOCK_FRAMES <= room &&
           !is_scanned_enough(scan, file->source.info.samplerate)) {
        float *block = file->look_ahead + file->look_ahead_frames * scan->channels;
        int32_t status = apl_audio_source_read(&file->source, block, BLOCK_FRAMES, &got);
        if (status != APL_OK) {
            return status;
        }
        file->non_finite_samples += apl_channel_scrub(block, got * scan->channels);
        apl_channel_scan_add(scan, block, got);
        file->look_ahead_frames += got;
    }
    return APL_OK;
}

static int32_t choose_channel(apl_audio_file *file, int32_t wanted)
{
    int32_t channels = file->source.info.channels;
    if (wanted >= channels) {
        return apl_fail(APL_CHANNEL_ABSENT, "channel %d was asked for; the file has %d", wanted, channels);
    }
    file->channel_used = wanted;
    if (wanted >= 0 || channels == 1) {
        return APL_OK;
    }
    struct channel_scan scan = {.channels = channels};
    int32_t status = file->source.stream.is_pipe ? scan_pipe(file, &scan) : scan_file(file, &scan);
    if (status == APL_OK) {
        file->channel_used = apl_channel_scan_verdict(&scan);
        file->cancelled_channels = file->channel_used >= 0;
    }
    return status;
}

/* ---- opening ---- */

static int32_t prepare(apl_audio_file *file, int32_t channel)
{
    size_t samples = (size_t)BLOCK_FRAMES * (size_t)file->source.info.channels;
    file->block = malloc(samples * sizeof *file->block);
    if (file->block == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory for a block of %zu samples", samples);
    }
    int32_t status = choose_channel(file, channel);
    return status == APL_OK ? apl_resampler_create(file->source.info.samplerate, &file->resampler) : status;
}

int32_t apl_audio_file_open(const char *path, const apl_audio_file_config *config, apl_audio_file **file)
{
    if (path == NULL || config == NULL || file == NULL || config->channel < -1) {
        return apl_fail(APL_INVALID_ARGUMENT, "path, config or file is null, or config->channel is below -1");
    }
    if (config->struct_size != sizeof *config) {
        return apl_fail(APL_STRUCT_SIZE, "apl_audio_file_config of %u bytes; this library knows %zu", config->struct_size, sizeof *config);
    }
    apl_audio_file *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory while opening %s", path);
    }
    int32_t status = apl_audio_source_open(&opened->source, path);
    if (status != APL_OK) {
        free(opened);
        return status;
    }
    status = prepare(opened, config->channel);
    if (status != APL_OK) {
        apl_audio_file_close(opened);
        return status;
    }
    *file = opened;
    return APL_OK;
}

int32_t apl_audio_file_close(apl_audio_file *file)
{
    if (file != NULL) {
        apl_resampler_destroy(file->resampler);
        apl_audio_source_close(&file->source);
        free(file->block);
        free(file->look_ahead);
        free(file);
    }
    return APL_OK;
}

/* ---- reading ---- */

static int64_t take_look_ahead(apl_audio_file *file)
{
    int64_t left = file->look_ahead_frames - file->look_ahead_used;
    int64_t frames = left < BLOCK_FRAMES ? left : BLOCK_FRAMES;
    int32_t channels = file->source.info.channels;
    memcpy(file->block, file->look_ahead + file->look_ahead_used * channels, (size_t)(frames * channels) * sizeof *file->block);
    file->look_ahead_used += frames;
    if (file->look_ahead_used == file->look_ahead_frames) {
        free(file->look_ahead);
        file->look_ahead = NULL;
    }
    return frames;
}

/* Fills the block with mono samples of the source's rate; an empty one is the end. */
static int32_t read_source(apl_audio_file *file)
{
    int64_t got;
    if (file->look_ahead != NULL && file->look_ahead_frames > 0) {
        got = take_look_ahead(file);
    } else {
        int32_t status = apl_audio_source_read(&file->source, file->block, BLOCK_FRAMES, &got);
        if (status != APL_OK) {
            return status;
        }
        file->non_finite_samples += apl_channel_scrub(file->block, got * file->source.info.channels);
    }
    apl_channel_mix(file->block, got, file->source.info.channels, file->channel_used, file->block);
    file->source_frames += got;
    file->mono_start = 0;
    file->mono_end = got;
    file->ended = got == 0;
    return APL_OK;
}

/* At the end of the source what the filter still holds comes out. */
static int32_t resample_block(apl_audio_file *file, float *samples, int64_t capacity, int64_t *count)
{
    int64_t used = 0;
    const float *input = file->ended ? NULL : file->block + file->mono_start;
    int32_t status = apl_resampler_process(file->resampler, input, file->mono_end - file->mono_start, &used, samples, capacity, count);
    if (status == APL_OK) {
        file->mono_start += used;
    }
    return status;
}

static int32_t read_samples(apl_audio_file *file, float *samples, int64_t capacity, int64_t *count)
{
    int64_t done = 0;
    while (done < capacity) {
        if (file->mono_start == file->mono_end && !file->ended) {
            int32_t status = read_source(file);
            if (status != APL_OK) {
                return status;
            }
        }
        int64_t made = 0;
        int32_t status = resample_block(file, samples + done, capacity - done, &made);
        if (status != APL_OK) {
            return status;
        }
        done += made;
        if (file->ended && made == 0) {
            break;
        }
    }
    *count = done;
    return APL_OK;
}

int32_t apl_audio_file_read(apl_audio_file *file, float *samples, int64_t capacity, int64_t *count)
{
    if (file == NULL || (samples == NULL && capacity > 0) || capacity < 0 || count == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "file, samples or count is null, or capacity is negative");
    }
    if (file->failure == APL_OK) {
        file->failure = read_samples(file, samples, capacity, count);
    }
    return file->failure;
}

/* ---- telling ---- */

int32_t apl_audio_file_get_info(const apl_audio_file *file, apl_audio_file_info *info)
{
    if (file == NULL || info == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "file or info is null");
    }
    if (info->struct_size != sizeof *info) {
        return apl_fail(APL_STRUCT_SIZE, "apl_audio_file_info of %u bytes; this library knows %zu", info->struct_size, sizeof *info);
    }
    info->sample_rate_hz = file->source.info.samplerate;
    info->channels = file->source.info.channels;
    info->is_pipe = file->source.stream.is_pipe;
    info->declared_frames = file->source.declared_frames;
    return APL_OK;
}

int32_t apl_audio_file_get_format(const apl_audio_file *file, char *buffer, int32_t capacity, int32_t *length)
{
    if (file == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "file is null");
    }
    char text[96];
    apl_audio_source_format(&file->source, text, sizeof text);
    return apl_copy_text(text, buffer, capacity, length);
}

int32_t apl_audio_file_get_statistics(const apl_audio_file *file, apl_audio_file_statistics *statistics)
{
    if (file == NULL || statistics == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "file or statistics is null");
    }
    if (statistics->struct_size != sizeof *statistics) {
        return apl_fail(APL_STRUCT_SIZE, "apl_audio_file_statistics of %u bytes; this library knows %zu", statistics->struct_size,
                        sizeof *statistics);
    }
    int64_t missing = file->source.declared_frames - file->source_frames;
    statistics->channel_used = file->channel_used;
    statistics->cancelled_channels = file->cancelled_channels;
    statistics->decoder_errors = file->source.decoder_error;
    statistics->source_frames = file->source_frames;
    statistics->non_finite_samples = file->non_finite_samples;
    statistics->declared_shortfall_frames = file->ended && file->source.declared_frames >= 0 && missing > 0 ? missing : 0;
    return APL_OK;
}
