#include "recording.h"

#include "test.h"

#include <stdlib.h>

apl_audio_file *recording_open(const char *path, int32_t channel, int32_t status)
{
    apl_audio_file_config config = {sizeof config, channel};
    apl_audio_file *file = NULL;
    CHECK_STATUS(status, apl_audio_file_open(path, &config, &file));
    CHECK((file != NULL) == (status == APL_OK));
    return file;
}

struct recording recording_read(apl_audio_file *file, int64_t block)
{
    struct recording recording = {.info = {.struct_size = sizeof recording.info},
                                  .statistics = {.struct_size = sizeof recording.statistics}};
    int64_t room = 0, got = 0;
    do {
        if (room - recording.count < block) {
            room = room * 2 + block;
            recording.samples = realloc(recording.samples, (size_t)room * sizeof *recording.samples);
        }
        CHECK_STATUS(APL_OK, apl_audio_file_read(file, recording.samples + recording.count, block, &got));
        recording.count += got;
    } while (got == block);
    CHECK_STATUS(APL_OK, apl_audio_file_read(file, recording.samples, 1, &got));
    CHECK_INT(0, got); /* the end stays the end */
    CHECK_STATUS(APL_OK, apl_audio_file_get_info(file, &recording.info));
    CHECK_STATUS(APL_OK, apl_audio_file_get_statistics(file, &recording.statistics));
    CHECK_STATUS(APL_OK, apl_audio_file_close(file));
    return recording;
}

struct recording recording_decode(const char *path)
{
    return recording_read(recording_open(path, -1, APL_OK), 16000);
}

void recording_check(const struct recording *recording, const float *expected, int64_t count)
{
    CHECK_INT(count, recording->count);
    for (int64_t i = 0; i < count; i++) {
        CHECK_NEAR(expected[i], recording->samples[i], 0);
    }
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
