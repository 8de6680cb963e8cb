#include "mp3_decoder.h"

#include "status.h"

#include <mpg123.h>
#include <stdlib.h>

#define TRAILER_BYTES 4096 /* tags that may follow the last frame */

struct mp3_decoder {
    mpg123_handle *handle;
    int32_t channels;
    int32_t sample_rate_hz;
    int64_t skip_samples; /* of the start, still to be dropped */
    int foreign; /* what comes now has another rate */
    int ended;
    int failed;
};

static ssize_t read_bytes(void *stream, void *buffer, size_t bytes)
{
    return (ssize_t)apl_byte_stream_read(stream, buffer, (int64_t)bytes);
}

/* A stream without an end: nothing is estimated from it, and nothing sought. */
static off_t refuse_seek(void *stream, off_t offset, int whence)
{
    (void)stream, (void)offset, (void)whence;
    return -1;
}

/*
 * The tag of one encoder's whole file lets the decoder cut exactly what the encoder added. When more follows than the tag knows of
 * (files joined end to end, wrong tags, pipes) the decoder would stop there, so only the start is cut, here.
 */
static int is_whole(const struct byte_stream *stream, const struct mp3_header *header)
{
    return header->tag_bytes > 0 && stream->size >= 0 && stream->size - header->offset <= header->tag_bytes + TRAILER_BYTES;
}

static int configure(struct mp3_decoder *decoder, const struct byte_stream *stream, const struct mp3_header *header)
{
    mpg123_handle *handle = decoder->handle;
    int gapless = is_whole(stream, header);
    if (!gapless && header->encoder_delay >= 0) {
        decoder->skip_samples = header->encoder_delay + MP3_DECODER_DELAY;
    }
    return mpg123_param(handle, MPG123_REMOVE_FLAGS, MPG123_GAPLESS | MPG123_FUZZY | MPG123_AUTO_RESAMPLE, 0) == MPG123_OK &&
           mpg123_param(handle, MPG123_ADD_FLAGS, MPG123_QUIET | (gapless ? MPG123_GAPLESS : 0), 0) == MPG123_OK &&
           mpg123_param(handle, MPG123_RESYNC_LIMIT, header->is_sure ? -1 : 1024, 0) == MPG123_OK &&
           mpg123_replace_reader_handle(handle, read_bytes, refuse_seek, NULL) == MPG123_OK;
}

static void allow(mpg123_handle *handle, int channels)
{
    static const long rates[] = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};
    mpg123_format_none(handle);
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        mpg123_format(handle, rates[i], channels, MPG123_ENC_FLOAT_32);
    }
}

/* Rate and channels of the first frame; later frames are converted to its channels. */
static int fix_format(struct mp3_decoder *decoder)
{
    long rate;
    int channels, encoding;
    allow(decoder->handle, MPG123_MONO | MPG123_STEREO);
    if (mpg123_getformat(decoder->handle, &rate, &channels, &encoding) != MPG123_OK) {
        return 0;
    }
    decoder->sample_rate_hz = (int32_t)rate;
    decoder->channels = channels;
    allow(decoder->handle, channels);
    return 1;
}

static int32_t start(struct mp3_decoder *decoder, struct byte_stream *stream, const struct mp3_header *header)
{
    int error = MPG123_OK;
    decoder->handle = mpg123_new(NULL, &error);
    if (decoder->handle == NULL || !configure(decoder, stream, header)) {
        return apl_fail(APL_INTERNAL, "libmpg123 can't be set up: %s", mpg123_plain_strerror(error));
    }
    apl_byte_stream_window(stream, header->offset, -1);
    if (mpg123_open_handle(decoder->handle, stream) != MPG123_OK || !fix_format(decoder)) {
        return apl_fail(header->is_sure ? APL_FILE_DAMAGED : APL_FORMAT_UNKNOWN, "no MPEG frame can be decoded: %s",
                        mpg123_strerror(decoder->handle));
    }
    return APL_OK;
}

int32_t apl_mp3_decoder_open(struct byte_stream *stream, const struct mp3_header *header, struct mp3_decoder **decoder)
{
    struct mp3_decoder *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory for an MP3 decoder");
    }
    int32_t status = start(opened, stream, header);
    if (status != APL_OK) {
        apl_mp3_decoder_close(opened);
        return status;
    }
    *decoder = opened;
    return APL_OK;
}

/* Frames of another rate are damage, or another recording; they are left out. */
static void follow_format(struct mp3_decoder *decoder)
{
    long rate;
    int channels, encoding;
    int known = mpg123_getformat(decoder->handle, &rate, &channels, &encoding) == MPG123_OK;
    decoder->foreign = !known || rate != decoder->sample_rate_hz || channels != decoder->channels;
    decoder->failed |= decoder->foreign;
}

/* One call of the library. */
static int64_t decode(struct mp3_decoder *decoder, float *interleaved, int64_t frames)
{
    size_t frame_bytes = (size_t)decoder->channels * sizeof *interleaved;
    size_t done = 0;
    int result = mpg123_read(decoder->handle, (void *)interleaved, (size_t)frames * frame_bytes, &done);
    int64_t decoded = decoder->foreign ? 0 : (int64_t)(done / frame_bytes);
    if (result == MPG123_NEW_FORMAT) {
        follow_format(decoder);
    } else if (result != MPG123_OK) {
        decoder->ended = 1;
        decoder->failed |= result != MPG123_DONE;
    }
    return decoded;
}

int64_t apl_mp3_decoder_read(struct mp3_decoder *decoder, float *interleaved, int64_t frames, int *error)
{
    int64_t got = 0;
    while (got < frames && !decoder->ended) {
        float *next = interleaved + got * decoder->channels;
        if (decoder->skip_samples > 0) {
            int64_t wanted = decoder->skip_samples < frames - got ? decoder->skip_samples : frames - got;
            decoder->skip_samples -= decode(decoder, next, wanted);
        } else {
            got += decode(decoder, next, frames - got);
        }
    }
    if (decoder->failed) {
        *error = 1;
    }
    return got;
}

int32_t apl_mp3_decoder_channels(const struct mp3_decoder *decoder)
{
    return decoder->channels;
}

int32_t apl_mp3_decoder_sample_rate_hz(const struct mp3_decoder *decoder)
{
    return decoder->sample_rate_hz;
}

void apl_mp3_decoder_close(struct mp3_decoder *decoder)
{
    if (decoder != NULL) {
        mpg123_delete(decoder->handle);
        free(decoder);
    }
}
