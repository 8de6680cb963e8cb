/*
 * FLAC by libFLAC itself. libsndfile uses the same library, but stops at the length that the header gives and at the first frame that is
 * damaged, and needs to seek.
 */
#ifndef APL_FLAC_DECODER_H
#define APL_FLAC_DECODER_H

#include "byte_stream.h"

struct flac_decoder;

/* From the start of stream, which stays the caller's and must outlive the decoder. */
int32_t apl_flac_decoder_open(struct byte_stream *stream, struct flac_decoder **decoder);

/* Interleaved samples, shape [frames, channels]; fewer than asked for at the end. error is set to 1 when damage was met. */
int64_t apl_flac_decoder_read(struct flac_decoder *decoder, float *interleaved, int64_t frames, int *error);

int32_t apl_flac_decoder_channels(const struct flac_decoder *decoder);
int32_t apl_flac_decoder_sample_rate_hz(const struct flac_decoder *decoder);
int32_t apl_flac_decoder_bits(const struct flac_decoder *decoder);

/* Null is allowed. */
void apl_flac_decoder_close(struct flac_decoder *decoder);

#endif
