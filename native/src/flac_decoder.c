#include "flac_decoder.h"

#include "status.h"

#include <FLAC/stream_decoder.h>
#include <stdlib.h>
#include <string.h>

struct flac_decoder {
    FLAC__StreamDecoder *handle;
    struct byte_stream *stream;
    uint32_t channels, sample_rate_hz, bits; /* of the header; 0 before it */
    float *block; /* [block_frames, channels]: the last frame decoded */
    int64_t block_frames, block_used, block_room;
    int failed; /* a frame was damaged */
};

static FLAC__StreamDecoderReadStatus read_bytes(const FLAC__StreamDecoder *handle, FLAC__byte buffer[], size_t *bytes, void *user)
{
    struct flac_decoder *decoder = user;
    (void)handle;
    *bytes = (size_t)apl_byte_stream_read(decoder->stream, buffer, (int64_t)*bytes);
    return *bytes > 0 ? FLAC__STREAM_DECODER_READ_STATUS_CONTINUE : FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
}

static void take_header(const FLAC__StreamDecoder *handle, const FLAC__StreamMetadata *metadata, void *user)
{
    struct flac_decoder *decoder = user;
    (void)handle;
    if (metadata->type == FLAC__METADATA_TYPE_STREAMINFO && decoder->channels == 0) {
        decoder->channels = metadata->data.stream_info.channels;
        decoder->sample_rate_hz = metadata->data.stream_info.sample_rate;
        decoder->bits = metadata->data.stream_info.bits_per_sample;
    }
}

static void take_error(const FLAC__StreamDecoder *handle, FLAC__StreamDecoderErrorStatus status, void *user)
{
    (void)handle, (void)status;
    ((struct flac_decoder *)user)->failed = 1;
}

static int make_room(struct flac_decoder *decoder, int64_t frames)
{
    if (frames <= decoder->block_room) {
        return 1;
    }
    float *larger = realloc(decoder->block, (size_t)frames * decoder->channels * sizeof *larger); /* at most 65535 frames of 8 channels */
    if (larger == NULL) {
        return 0;
    }
    decoder->block = larger;
    decoder->block_room = frames;
    return 1;
}

/* Frames of another shape than the header's are damage, or another recording; they are left out. */
static FLAC__StreamDecoderWriteStatus take_frame(const FLAC__StreamDecoder *handle, const FLAC__Frame *frame,
                                                 const FLAC__int32 *const buffer[], void *user)
{
    struct flac_decoder *decoder = user;
    (void)handle;
    if (frame->header.channels != decoder->channels || frame->header.sample_rate != decoder->sample_rate_hz ||
        frame->header.bits_per_sample != decoder->bits) {
        decoder->failed = 1;
        return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
    }
    if (!make_room(decoder, frame->header.blocksize)) {
        return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
    }
    float scale = 1.0f / (float)((uint32_t)1 << (decoder->bits - 1));
    for (uint32_t c = 0; c < decoder->channels; c++) {
        for (uint32_t f = 0; f < frame->header.blocksize; f++) {
            decoder->block[f * decoder->channels + c] = (float)buffer[c][f] * scale;
        }
    }
    decoder->block_frames = frame->header.blocksize;
    decoder->block_used = 0;
    return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

static int32_t start(struct flac_decoder *decoder)
{
    decoder->handle = FLAC__stream_decoder_new();
    if (decoder->handle == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory for a FLAC decoder");
    }
    apl_byte_stream_window(decoder->stream, 0, -1);
    if (FLAC__stream_decoder_init_stream(decoder->handle, read_bytes, NULL, NULL, NULL, NULL, take_frame, take_header, take_error,
                                         decoder) != FLAC__STREAM_DECODER_INIT_STATUS_OK) {
        return apl_fail(APL_INTERNAL, "libFLAC can't be set up");
    }
    if (!FLAC__stream_decoder_process_until_end_of_metadata(decoder->handle) || decoder->channels == 0) {
        return apl_fail(APL_FILE_DAMAGED, "the audio header is damaged: FLAC without its stream information");
    }
    return APL_OK;
}

int32_t apl_flac_decoder_open(struct byte_stream *stream, struct flac_decoder **decoder)
{
    struct flac_decoder *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory for a FLAC decoder");
    }
    opened->stream = stream;
    int32_t status = start(opened);
    if (status != APL_OK) {
        apl_flac_decoder_close(opened);
        return status;
    }
    *decoder = opened;
    return APL_OK;
}

/* Decodes until a frame has come; false at the end. */
static int next_block(struct flac_decoder *decoder)
{
    while (decoder->block_used == decoder->block_frames) {
        if (FLAC__stream_decoder_get_state(decoder->handle) >= FLAC__STREAM_DECODER_END_OF_STREAM) {
            return 0;
        }
        if (!FLAC__stream_decoder_process_single(decoder->handle)) {
            decoder->failed = 1;
            return 0;
        }
    }
    return 1;
}

int64_t apl_flac_decoder_read(struct flac_decoder *decoder, float *interleaved, int64_t frames, int *error)
{
    int64_t got = 0;
    while (got < frames && next_block(decoder)) {
        int64_t left = decoder->block_frames - decoder->block_used, wanted = frames - got;
        int64_t count = left < wanted ? left : wanted;
        memcpy(interleaved + got * decoder->channels, decoder->block + decoder->block_used * decoder->channels,
               (size_t)count * decoder->channels * sizeof *interleaved);
        decoder->block_used += count;
        got += count;
    }
    if (decoder->failed) {
        *error = 1;
    }
    return got;
}

int32_t apl_flac_decoder_channels(const struct flac_decoder *decoder)
{
    return (int32_t)decoder->channels;
}

int32_t apl_flac_decoder_sample_rate_hz(const struct flac_decoder *decoder)
{
    return (int32_t)decoder->sample_rate_hz;
}

int32_t apl_flac_decoder_bits(const struct flac_decoder *decoder)
{
    return (int32_t)decoder->bits;
}

void apl_flac_decoder_close(struct flac_decoder *decoder)
{
    if (decoder != NULL) {
        if (decoder->handle != NULL) {
            FLAC__stream_decoder_delete(decoder->handle);
        }
        free(decoder->block);
        free(decoder);
    }
}
