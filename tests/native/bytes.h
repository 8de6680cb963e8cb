/* Files made in code: bytes appended one after the other, then written to the scratch folder. */
#ifndef APL_TEST_BYTES_H
#define APL_TEST_BYTES_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
    uint8_t *data;
    size_t count;
    size_t room;
};

void bytes_put(struct bytes *bytes, const void *data, size_t count);
void bytes_text(struct bytes *bytes, const char *text);
void bytes_zeros(struct bytes *bytes, size_t count);
void bytes_u16(struct bytes *bytes, uint32_t value);
void bytes_u32(struct bytes *bytes, uint32_t value);
void bytes_u64(struct bytes *bytes, uint64_t value);
void bytes_big_u16(struct bytes *bytes, uint32_t value);
void bytes_big_u32(struct bytes *bytes, uint32_t value);
void bytes_big_u64(struct bytes *bytes, uint64_t value);

/* Reads a whole file. */
struct bytes bytes_read(const char *path);

/* Writes them as NAME in the scratch folder, frees them, and returns the path (valid until the next call of test_scratch). */
const char *bytes_write(struct bytes *bytes, const char *name);

/* A WAV header whose sizes are what the test wants them to be. */
struct wav_header {
    uint32_t encoding; /* 0 means 1, PCM */
    uint32_t channels;
    uint32_t rate_hz;
    uint32_t bits;
    uint32_t data_bytes;
};

/* RIFF, format and the start of the data chunk. */
void bytes_wav_header(struct bytes *bytes, const struct wav_header *header);

/* A 16-bit WAV with true sizes. */
struct bytes bytes_wav(const int16_t *interleaved, size_t count, uint32_t channels, uint32_t rate_hz);

/* A file that libsndfile writes: format as in sndfile.h. Returns the path as bytes_write does. */
const char *sound_write(const char *name, int format, const float *interleaved, int64_t frames, int channels, int rate_hz);

#endif
