/* Whole recordings in memory, for tests. */
#ifndef APL_TEST_RECORDING_H
#define APL_TEST_RECORDING_H

#include "appliance.h"

#include <stdint.h>

struct recording {
    float *samples; /* 16 kHz mono; the caller frees it */
    int64_t count;
    apl_audio_file_info info;
    apl_audio_file_statistics statistics;
};

/* Opens a file (channel -1: the mean); fails the test when that does not give status. Null unless APL_OK. */
apl_audio_file *recording_open(const char *path, int32_t channel, int32_t status);

/* Reads an open file to its end in blocks of the given length, and closes it. */
struct recording recording_read(apl_audio_file *file, int64_t block);

/* Both. */
struct recording recording_decode(const char *path);

/* Exactly these samples. */
void recording_check(const struct recording *recording, const float *expected, int64_t count);

/* Log-mel of all of it, append and finish. Returns the frames written. */
int64_t recording_log_mel(const struct recording *recording, int32_t mels, int32_t level, float *frames, int64_t capacity, float *maximum);

/* Skips the test where this processor or build does not have the level. */
void recording_require_simd(int32_t level);

#endif
