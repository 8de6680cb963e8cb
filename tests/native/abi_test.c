/* What holds for every export: statuses, texts, the last error, refused arguments and struct sizes. */
#include "test.h"

#include <pthread.h>
#include <string.h>

static void version_is_that_of_the_header(void)
{
    int32_t version = 0;
    CHECK_STATUS(APL_OK, apl_abi_version(&version));
    CHECK_INT(APL_ABI_VERSION, version);
}

static void every_status_has_a_text(void)
{
    const char *text = NULL;
#define CHECK_TEXT(name, number, words) \
    CHECK_STATUS(APL_OK, apl_status_text(number, &text)); \
    CHECK(strcmp(text, words) == 0);
    APL_STATUS_TABLE(CHECK_TEXT)
#undef CHECK_TEXT
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_status_text(999, &text));
    CHECK(strcmp(text, "unknown status") == 0);
}

static void last_error_is_cut_at_a_character(void)
{
    char buffer[64];
    int32_t length = 0;
    apl_audio_file_config config = {sizeof config, -1};
    apl_audio_file *file = NULL;
    CHECK_STATUS(APL_FILE_NOT_FOUND, apl_audio_file_open("/\xC3\xA4\xC3\xA4", &config, &file));
    CHECK_STATUS(APL_OK, apl_last_error(NULL, 0, &length));
    CHECK_INT(19, length); /* "no such file: /" and two characters of two bytes */
    CHECK_STATUS(APL_OK, apl_last_error(buffer, 19, &length));
    CHECK(strcmp(buffer, "no such file: /\xC3\xA4") == 0);
    CHECK_STATUS(APL_OK, apl_last_error(buffer, sizeof buffer, &length));
    CHECK(strcmp(buffer, "no such file: /\xC3\xA4\xC3\xA4") == 0);
    CHECK_STATUS(APL_OK, apl_last_error(buffer, 1, &length));
    CHECK(buffer[0] == '\0');
}

static void *read_last_error(void *length)
{
    apl_last_error(NULL, 0, length);
    return NULL;
}

static void last_error_belongs_to_its_thread(void)
{
    int32_t here = 0, there = -1;
    pthread_t thread;
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_abi_version(NULL));
    CHECK_STATUS(APL_OK, apl_last_error(NULL, 0, &here));
    CHECK(here > 0);
    CHECK_INT(0, pthread_create(&thread, NULL, read_last_error, &there));
    pthread_join(thread, NULL);
    CHECK_INT(0, there);
}

static void null_arguments_are_refused(void)
{
    float value = 0;
    int64_t count;
    int32_t number;
    char text[4];
    apl_log_mel_config mel_config = {sizeof mel_config, 80, APL_SIMD_AUTO};
    apl_audio_file_config file_config = {sizeof file_config, -1};
    apl_log_mel *log_mel = NULL;
    apl_audio_file *file = NULL;
    CHECK_STATUS(APL_OK, apl_log_mel_create(&mel_config, &log_mel));
#define REFUSED(call) CHECK_STATUS(APL_INVALID_ARGUMENT, call)
    REFUSED(apl_status_text(0, NULL));
    REFUSED(apl_last_error(text, 4, NULL));
    REFUSED(apl_last_error(NULL, 4, &number));
    REFUSED(apl_last_error(text, -1, &number));
    REFUSED(apl_simd_best(NULL));
    REFUSED(apl_audio_file_open(NULL, &file_config, &file));
    REFUSED(apl_audio_file_open("x", NULL, &file));
    REFUSED(apl_audio_file_open("x", &file_config, NULL));
    REFUSED(apl_audio_file_get_info(NULL, NULL));
    REFUSED(apl_audio_file_get_format(NULL, text, 4, &number));
    REFUSED(apl_audio_file_read(NULL, &value, 1, &count));
    REFUSED(apl_audio_file_get_statistics(NULL, NULL));
    REFUSED(apl_log_mel_create(NULL, &log_mel));
    REFUSED(apl_log_mel_create(&mel_config, NULL));
    REFUSED(apl_log_mel_append(NULL, &value, 1, &value, 1, &count));
    REFUSED(apl_log_mel_append(log_mel, NULL, 1, &value, 1, &count));
    REFUSED(apl_log_mel_append(log_mel, &value, -1, &value, 1, &count));
    REFUSED(apl_log_mel_append(log_mel, &value, 1, NULL, 1, &count));
    REFUSED(apl_log_mel_append(log_mel, &value, 1, &value, 1, NULL));
    REFUSED(apl_log_mel_finish(NULL, &value, 1, &count));
    REFUSED(apl_log_mel_finish(log_mel, NULL, 1, &count));
    REFUSED(apl_log_mel_reset(NULL));
    REFUSED(apl_log_mel_get_maximum(NULL, &value));
    REFUSED(apl_log_mel_get_maximum(log_mel, NULL));
    REFUSED(apl_log_mel_normalize(NULL, 1, 80, 0, &value, 1));
    REFUSED(apl_log_mel_normalize(&value, 2, 1, 0, &value, 1));
    REFUSED(apl_log_mel_normalize(&value, -1, 1, 0, &value, 1));
    REFUSED(apl_log_mel_normalize(&value, 1, 0, 0, &value, 1));
#undef REFUSED
    CHECK_STATUS(APL_OK, apl_audio_file_close(NULL));
    CHECK_STATUS(APL_OK, apl_log_mel_destroy(NULL));
    CHECK_STATUS(APL_OK, apl_log_mel_destroy(log_mel));
}

static void unknown_struct_sizes_are_refused(void)
{
    apl_log_mel_config mel_config = {sizeof mel_config + 4, 80, APL_SIMD_AUTO};
    apl_audio_file_config file_config = {4, -1};
    apl_log_mel *log_mel = NULL;
    apl_audio_file *file = NULL;
    CHECK_STATUS(APL_STRUCT_SIZE, apl_log_mel_create(&mel_config, &log_mel));
    CHECK_STATUS(APL_STRUCT_SIZE, apl_audio_file_open("x", &file_config, &file));
    CHECK(log_mel == NULL && file == NULL);
}

static void simd_levels_are_checked(void)
{
    int32_t best = 0;
    CHECK_STATUS(APL_OK, apl_simd_best(&best));
    CHECK(best >= APL_SIMD_SCALAR && best <= APL_SIMD_NEON);
    apl_log_mel *log_mel = NULL;
    apl_log_mel_config config = {sizeof config, 80, 99};
    CHECK_STATUS(APL_SIMD_UNAVAILABLE, apl_log_mel_create(&config, &log_mel));
    config.simd_level = best == APL_SIMD_NEON ? APL_SIMD_AVX2 : APL_SIMD_NEON;
    CHECK_STATUS(APL_SIMD_UNAVAILABLE, apl_log_mel_create(&config, &log_mel));
    config = (apl_log_mel_config){sizeof config, 64, APL_SIMD_AUTO};
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_log_mel_create(&config, &log_mel));
}

static const struct test_case cases[] = {
    {"version_is_that_of_the_header", version_is_that_of_the_header},
    {"every_status_has_a_text", every_status_has_a_text},
    {"last_error_is_cut_at_a_character", last_error_is_cut_at_a_character},
    {"last_error_belongs_to_its_thread", last_error_belongs_to_its_thread},
    {"null_arguments_are_refused", null_arguments_are_refused},
    {"unknown_struct_sizes_are_refused", unknown_struct_sizes_are_refused},
    {"simd_levels_are_checked", simd_levels_are_checked},
};

TEST_MAIN(cases)
