/* One audio file as blocks of interleaved float samples at its own rate: a decoder chosen by what audio_header.h found. */
#ifndef APL_AUDIO_SOURCE_H
#define APL_AUDIO_SOURCE_H

#include "audio_header.h"
#include "flac_decoder.h"
#include "mp3_decoder.h"

#include <sndfile.h>

/* SF_FORMAT_MPEG and its layers, which libsndfile has from 1.1 on. */
#define APL_FORMAT_MPEG 0x230000
#define APL_FORMAT_MPEG_LAYER_I 0x80

#define APL_MAX_CHANNELS 64
#define APL_MIN_RATE_HZ 1000
#define APL_MAX_RATE_HZ 768000

struct audio_source {
    struct byte_stream stream;
    struct audio_header header;
    SNDFILE *decoder; /* of these three one is not null */
    struct flac_decoder *flac;
    struct mp3_decoder *mp3;
    SF_INFO info; /* of any of them */
    int64_t declared_frames; /* APL_UNKNOWN: not told */
    int decoder_error;
};

int32_t apl_audio_source_open(struct audio_source *source, const char *path);
void apl_audio_source_close(struct audio_source *source);

/* Starts again from the first sample with a fresh decoder; only for what is no pipe. */
int32_t apl_audio_source_restart(struct audio_source *source);

/* Next sample frames, shape [frames, channels]; got is 0 at the end. An error of the decoder is an end, an I/O error a failure. */
int32_t apl_audio_source_read(struct audio_source *source, float *interleaved, int64_t frames, int64_t *got);

/* "WAV, 16-bit PCM". */
void apl_audio_source_format(const struct audio_source *source, char *text, int32_t capacity);

#endif
