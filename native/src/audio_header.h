/*
 * What the header of the common containers says, read before the decoder does: to refuse impossible channel counts and rates by their
 * own status, to know what length was promised, and to decode WAV whose sizes are unknown or wrong. Never trusted for allocation.
 */
#ifndef APL_AUDIO_HEADER_H
#define APL_AUDIO_HEADER_H

#include "mp3_header.h"

#define APL_UNKNOWN (-1)

struct audio_header {
    int is_wav; /* RIFF, RIFX or RF64 with a format and a data chunk */
    int32_t channels; /* APL_UNKNOWN where the container is not one of the known */
    int64_t sample_rate_hz; /* APL_UNKNOWN likewise */
    int64_t declared_frames; /* APL_UNKNOWN: not told, or a placeholder */
    int raw_format; /* WAV: libsndfile's raw format for the same encoding; 0: compressed */
    int64_t data_offset; /* WAV: bytes from the start of the file */
    int64_t data_bytes; /* WAV: promised; APL_UNKNOWN for placeholders */
    int is_flac;
    int is_mp3; /* MPEG audio, bare or in WAV, described by mp3 */
    int is_other_mpeg; /* begins like MPEG audio and is something else, such as AAC */
    struct mp3_header mp3;
};

/* Fills header from the first bytes; leaves unknowns where it does not understand them. */
void apl_audio_header_read(struct byte_stream *stream, struct audio_header *header);

/* For each container; false when the bytes are not of it. */
int apl_wav_header_read(struct byte_stream *stream, struct audio_header *header);
int apl_aiff_header_read(struct byte_stream *stream, struct audio_header *header);
int apl_au_header_read(struct byte_stream *stream, struct audio_header *header);
int apl_caf_header_read(struct byte_stream *stream, struct audio_header *header);
int apl_flac_header_read(struct byte_stream *stream, struct audio_header *header);

/* Unsigned numbers at bytes. */
uint32_t apl_big_u16(const uint8_t *bytes);
uint32_t apl_big_u32(const uint8_t *bytes);
uint64_t apl_big_u64(const uint8_t *bytes);

#endif
