/* Whole recordings in memory, for tests. */
#ifndef APL_TEST_RECORDING_H
#define APL_TEST_RECORDING_H

#include <stdint.h>

struct recording {
    float *samples; /* 16 kHz mono; the caller frees it */
    int64_t count;
};

/* Decodes a file with the library; fails the test when that fails. */
struct recording recording_decode(const char *path);

/* Log-mel of all of it, append and finish. Returns the frames written. */
int64_t recording_log_mel(const struct recording *recording, int32_t mels, int32_t level, float *frames, int64_t capacity, float *maximum);

/* Skips the test where this processor or build does not have the level. */
void recording_require_simd(int32_t level);

#endif
