/* MPEG audio (layers I to III) recognised by its frames, with the length that an encoder's tag promises. */
#ifndef APL_MP3_HEADER_H
#define APL_MP3_HEADER_H

#include "byte_stream.h"

struct mp3_header {
    int64_t offset; /* of the first frame */
    int is_sure; /* two frames in a row; else one, which may be chance */
    int32_t layer; /* 1 to 3 */
    int32_t sample_rate_hz;
    int32_t channels;
    int32_t frame_bytes;
    int32_t frame_samples;
    int64_t tag_frames; /* of the Xing or Info tag in the first frame, which holds no sound; 0: no tag */
    int64_t tag_bytes; /* from the first frame on; 0: not told */
    int32_t encoder_delay; /* samples that the encoder put before the sound and after it; -1: not told */
    int32_t encoder_padding;
};

/* Samples that every MPEG layer III decoder is late by. */
#define MP3_DECODER_DELAY 529

/*
 * Looks for frames at offset, after any ID3v2 tags (and some junk after those). False when there is none; header->offset is then where
 * the tags end.
 */
int apl_mp3_header_read(struct byte_stream *stream, int64_t offset, struct mp3_header *header);

/* Samples per channel that the tag promises; -1 without one. */
int64_t apl_mp3_declared_samples(const struct mp3_header *header);

#endif
