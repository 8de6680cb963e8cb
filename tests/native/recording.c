#include "recording.h"

#include "test.h"

#include <stdlib.h>

struct recording recording_decode(const char *path)
{
    apl_audio_file_config config = {sizeof config, -1};
    apl_audio_file *file = NULL;
    CHECK_STATUS(APL_OK, apl_audio_file_open(path, &config, &file));
    struct recording recording = {NULL, 0};
    int64_t room = 0, got = 0;
    do {
        if (room - recording.count < 16000) {
            room = room * 2 + 64000;
            recording.samples = realloc(recording.samples, (size_t)room * sizeof *recording.samples);
        }
        CHECK_STATUS(APL_OK, apl_audio_file_read(file, recording.samples + recording.count, room - recording.count, &got));
        recording.count += got;
    } while (got > 0);
    CHECK_STATUS(APL_OK, apl_audio_file_close(file));
    return recording;
}

int64_t recording_log_mel(const struct recording *recording, int32_t mels, int32_t level, float *frames, int64_t capacity, float *maximum)
{
    apl_log_mel_config config = {sizeof config, mels, level};
    apl_log_mel *log_mel = NULL;
    CHECK_STATUS(APL_OK, apl_log_mel_create(&config, &log_mel));
    int64_t count, tail;
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, recording->samples, recording->count, frames, capacity, &count));
    CHECK_STATUS(APL_OK, apl_log_mel_finish(log_mel, frames + count * mels, capacity - count, &tail));
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, maximum));
    apl_log_mel_destroy(log_mel);
    return count + tail;
}

void recording_require_simd(int32_t level)
{
    apl_log_mel_config config = {sizeof config, 80, level};
    apl_log_mel *log_mel = NULL;
    int32_t status = apl_log_mel_create(&config, &log_mel);
    apl_log_mel_destroy(log_mel);
    if (status == APL_SIMD_UNAVAILABLE) {
        test_skip("this processor does not have SIMD level %d", level);
    }
}
