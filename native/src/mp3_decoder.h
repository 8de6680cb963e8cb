/*
 * MP3 by libmpg123 itself. libsndfile uses the same library, but stops at the length that a tag or an estimate gives, gives up at the
 * first damaged kilobyte, prints to standard error, needs to seek, and has no MP3 at all before its version 1.1.
 */
#ifndef APL_MP3_DECODER_H
#define APL_MP3_DECODER_H

#include "mp3_header.h"

struct mp3_decoder;

/* The frames of stream from header->offset to its end. stream stays the caller's and must outlive the decoder. */
int32_t apl_mp3_decoder_open(struct byte_stream *stream, const struct mp3_header *header, struct mp3_decoder **decoder);

/* Interleaved samples, shape [frames, channels]; fewer than asked for at the end. error is set to 1 when it ended by one. */
int64_t apl_mp3_decoder_read(struct mp3_decoder *decoder, float *interleaved, int64_t frames, int *error);

int32_t apl_mp3_decoder_channels(const struct mp3_decoder *decoder);
int32_t apl_mp3_decoder_sample_rate_hz(const struct mp3_decoder *decoder);

/* Null is allowed. */
void apl_mp3_decoder_close(struct mp3_decoder *decoder);

#endif
