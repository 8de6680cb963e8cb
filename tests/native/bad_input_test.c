/* Hostile and broken files: each ends with its own status or with what could be decoded, soon, and in little memory. */
#include "bytes.h"
#include "recording.h"
#include "signals.h"
#include "test.h"

#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_BYTES (64LL << 20)
#define MAX_SECONDS 10

/* Opens and reads to the end, within bounds; the open gives status. */
static struct recording check_bounded(const char *path, int32_t status)
{
    struct test_usage before = test_usage_start();
    struct recording recording = {0};
    apl_audio_file *file = recording_open(path, -1, status);
    if (file != NULL) {
        recording = recording_read(file, 16000);
    }
    struct test_usage used = test_usage_since(before);
    CHECK(used.peak_bytes < MAX_BYTES);
    CHECK(used.seconds < MAX_SECONDS);
    return recording;
}

static void check_refused(struct bytes *bytes, int32_t status)
{
    check_bounded(bytes_write(bytes, "refused"), status);
}

/* The number of samples that come out at 16 kHz. */
static struct recording check_decoded(struct bytes *bytes, int64_t count)
{
    struct recording recording = check_bounded(bytes_write(bytes, "decoded"), APL_OK);
    free(recording.samples);
    recording.samples = NULL;
    CHECK_INT(count, recording.count);
    return recording;
}

static struct bytes wav_of(struct wav_header header, size_t zeros)
{
    struct bytes wav = {0};
    bytes_wav_header(&wav, &header);
    bytes_zeros(&wav, zeros);
    return wav;
}

/* ---- no audio at all ---- */

static void what_is_no_file_is_refused(void)
{
    recording_open(test_scratch("absent.wav"), -1, APL_FILE_NOT_FOUND);
    recording_open(test_scratch("absent/too.wav"), -1, APL_FILE_NOT_FOUND);
    recording_open(".", -1, APL_FILE_IS_DIRECTORY);
    recording_open("", -1, APL_FILE_NOT_FOUND);
    struct bytes none = {0};
    check_refused(&none, APL_FILE_EMPTY);
    if (geteuid() != 0) {
        bytes_text(&none, "RIFF");
        const char *path = bytes_write(&none, "secret");
        chmod(path, 0);
        recording_open(path, -1, APL_FILE_NOT_READABLE);
    }
}

static void what_is_no_audio_is_refused(void)
{
    struct bytes text = {0};
    for (int i = 0; i < 500; i++) {
        bytes_text(&text, "Dear Sir, enclosed please find no recording at all.\n");
    }
    check_refused(&text, APL_FORMAT_UNKNOWN);
    struct bytes one = {0};
    bytes_text(&one, "R");
    check_refused(&one, APL_FORMAT_UNKNOWN);
    struct bytes zeros = {0};
    bytes_zeros(&zeros, 100000);
    check_refused(&zeros, APL_FORMAT_UNKNOWN);
    struct bytes video = {0};
    bytes_big_u32(&video, 32);
    bytes_text(&video, "ftypisom");
    bytes_zeros(&video, 5000);
    check_refused(&video, APL_FORMAT_UNKNOWN);
}

/* ---- impossible headers ---- */

static void impossible_channel_counts_are_refused(void)
{
    static const uint32_t counts[] = {0, 65, 1000, 65535};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct bytes wav = wav_of((struct wav_header){1, counts[i], 16000, 16, 2000}, 2000);
        check_refused(&wav, APL_CHANNEL_COUNT);
    }
    struct bytes wav = wav_of((struct wav_header){1, 64, 16000, 16, 64 * 200}, 64 * 200);
    check_decoded(&wav, 100);
}

static void impossible_rates_are_refused(void)
{
    static const uint32_t rates[] = {0, 1, 999, 768001, 10000000, UINT32_MAX};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct bytes wav = wav_of((struct wav_header){1, 1, rates[i], 16, 2000}, 2000);
        check_refused(&wav, APL_SAMPLE_RATE);
    }
}

static void impossible_aiff_au_and_caf_are_refused(void)
{
    for (int rate_wrong = 0; rate_wrong < 2; rate_wrong++) {
        int32_t status = rate_wrong ? APL_SAMPLE_RATE : APL_CHANNEL_COUNT;
        struct bytes aiff = {0};
        bytes_text(&aiff, "FORM");
        bytes_big_u32(&aiff, 100);
        bytes_text(&aiff, "AIFFCOMM");
        bytes_big_u32(&aiff, 18), bytes_big_u16(&aiff, rate_wrong ? 1 : 0), bytes_big_u32(&aiff, 10), bytes_big_u16(&aiff, 16);
        bytes_big_u16(&aiff, rate_wrong ? 0x3FFF : 0x400C), bytes_big_u64(&aiff, 0x8000000000000000u); /* 1 Hz, 8192 Hz */
        bytes_zeros(&aiff, 100);
        check_refused(&aiff, status);

        struct bytes au = {0};
        bytes_text(&au, ".snd");
        bytes_big_u32(&au, 24), bytes_big_u32(&au, 100), bytes_big_u32(&au, 3);
        bytes_big_u32(&au, rate_wrong ? 10000000 : 16000), bytes_big_u32(&au, rate_wrong ? 1 : 0x80000000u);
        bytes_zeros(&au, 100);
        check_refused(&au, status);

        struct bytes caf = {0};
        double rate = rate_wrong ? NAN : 16000.0;
        uint64_t bits;
        memcpy(&bits, &rate, sizeof bits);
        bytes_text(&caf, "caff");
        bytes_big_u32(&caf, 0x10000);
        bytes_text(&caf, "desc");
        bytes_big_u64(&caf, 32), bytes_big_u64(&caf, bits);
        bytes_text(&caf, "lpcm");
        bytes_big_u32(&caf, 0), bytes_big_u32(&caf, 2), bytes_big_u32(&caf, 1), bytes_big_u32(&caf, rate_wrong ? 1 : 65);
        bytes_big_u32(&caf, 16);
        bytes_zeros(&caf, 100);
        check_refused(&caf, status);
    }
}

static void headers_without_samples_are_empty(void)
{
    struct bytes wav = wav_of((struct wav_header){1, 1, 16000, 16, 0}, 0);
    struct recording recording = check_decoded(&wav, 0);
    CHECK_INT(0, recording.info.declared_frames);
    wav = wav_of((struct wav_header){1, 2, 44100, 16, 0}, 0);
    check_decoded(&wav, 0);
    wav = wav_of((struct wav_header){1, 1, 16000, 16, 0}, 0);
    bytes_text(&wav, "LIST"); /* what follows an empty data chunk is no sound */
    bytes_u32(&wav, 4);
    bytes_text(&wav, "INFO");
    check_decoded(&wav, 0);
    wav = wav_of((struct wav_header){1, 1, 16000, 16, 8000}, 1); /* half of one sample */
    recording = check_decoded(&wav, 0);
    CHECK_INT(4000, recording.statistics.declared_shortfall_frames);
}

/* ---- lying sizes ---- */

static void a_day_in_a_kilobyte_is_a_shortfall(void)
{
    uint32_t day = 24u * 3600 * 32000;
    struct bytes wav = wav_of((struct wav_header){1, 1, 16000, 16, day}, 980);
    struct recording recording = check_decoded(&wav, 490);
    CHECK_INT(day / 2, recording.info.declared_frames);
    CHECK_INT(day / 2 - 490, recording.statistics.declared_shortfall_frames);
    CHECK_INT(0, recording.statistics.decoder_errors);
}

static void lying_riff_sizes_do_not_matter(void)
{
    static const uint32_t sizes[] = {0, 1, 4, 100, 0x7FFFFFFF, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct bytes wav = wav_of((struct wav_header){1, 1, 16000, 16, 2000}, 2000);
        memcpy(wav.data + 4, &sizes[i], 4);
        check_decoded(&wav, 1000);
        wav = wav_of((struct wav_header){1, 1, 16000, 16, sizes[i]}, 2000); /* zeros behind, so a low size is believed */
        int64_t expected = sizes[i] == 0 || sizes[i] > 2000 ? 1000 : sizes[i] / 2;
        check_decoded(&wav, expected);
    }
}

static void lying_chunks_end_the_search(void)
{
    struct bytes wav = {0};
    bytes_text(&wav, "RIFF");
    bytes_u32(&wav, 1000);
    bytes_text(&wav, "WAVEfmt ");
    bytes_u32(&wav, 0xFFFFFFF0u);
    bytes_zeros(&wav, 500);
    apl_audio_file_config config = {sizeof config, -1};
    apl_audio_file *file = NULL;
    int32_t status = apl_audio_file_open(bytes_write(&wav, "format.wav"), &config, &file);
    CHECK(status == APL_FILE_DAMAGED || status == APL_CHANNEL_COUNT || status == APL_FORMAT_UNKNOWN);

    bytes_text(&wav, "RIFF");
    bytes_u32(&wav, 1000);
    bytes_text(&wav, "WAVE");
    for (int i = 0; i < 5000; i++) { /* a chain of empty chunks */
        bytes_text(&wav, "junk");
        bytes_u32(&wav, 0);
    }
    status = apl_audio_file_open(bytes_write(&wav, "chain.wav"), &config, &file);
    CHECK(status == APL_FILE_DAMAGED || status == APL_FORMAT_UNKNOWN || status == APL_ENCODING_UNSUPPORTED);
}

/* 4 GiB and a little, of which almost all is a hole: the header can only say the little. */
static void sizes_that_wrapped_at_four_gigabytes_are_not_believed(void)
{
    struct bytes wav = wav_of((struct wav_header){1, 1, 16000, 16, 1000}, 1000);
    const char *path = bytes_write(&wav, "wrapped.wav");
    if (truncate(path, 44 + 1000 + (1LL << 32)) != 0) {
        test_skip("the scratch folder can't hold a sparse file of 4 GiB");
    }
    apl_audio_file *file = recording_open(path, -1, APL_OK);
    apl_audio_file_info info = {.struct_size = sizeof info};
    CHECK_STATUS(APL_OK, apl_audio_file_get_info(file, &info));
    CHECK_INT(-1, info.declared_frames);
    float samples[1000];
    int64_t count = 0;
    CHECK_STATUS(APL_OK, apl_audio_file_read(file, samples, 1000, &count)); /* more than the 500 that were declared */
    CHECK_INT(1000, count);
    apl_audio_file_close(file);
}

static void rf64_with_lying_sizes_is_read_to_its_end(void)
{
    static const uint64_t sizes[] = {0, 1ull << 40, UINT64_MAX, INT64_MAX, 2000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct bytes wav = {0};
        bytes_text(&wav, "RF64");
        bytes_u32(&wav, UINT32_MAX);
        bytes_text(&wav, "WAVEds64");
        bytes_u32(&wav, 28);
        bytes_u64(&wav, 0), bytes_u64(&wav, sizes[i]), bytes_u64(&wav, 0), bytes_u32(&wav, 0);
        bytes_text(&wav, "fmt ");
        bytes_u32(&wav, 16);
        bytes_u16(&wav, 1), bytes_u16(&wav, 1), bytes_u32(&wav, 16000), bytes_u32(&wav, 32000), bytes_u16(&wav, 2), bytes_u16(&wav, 16);
        bytes_text(&wav, "data");
        bytes_u32(&wav, UINT32_MAX);
        bytes_zeros(&wav, 2000);
        check_decoded(&wav, 1000);
    }
}

/* ---- damaged data ---- */

static struct bytes flac_of(int frames)
{
    float *noise = signal_noise(frames, 0.8f);
    struct bytes flac = bytes_read(sound_write("whole.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, noise, frames, 1, 16000));
    free(noise);
    return flac;
}

static void truncated_flac_gives_what_is_there(void)
{
    struct bytes flac = flac_of(64000);
    flac.count = flac.count / 2;
    struct recording recording = check_bounded(bytes_write(&flac, "cut.flac"), APL_OK);
    CHECK(recording.count > 24000 && recording.count < 32001);
    CHECK_INT(64000 - recording.count, recording.statistics.declared_shortfall_frames);
    free(recording.samples);
    flac = flac_of(64000);
    flac.count = 30; /* in the middle of the header */
    apl_audio_file_config config = {sizeof config, -1};
    apl_audio_file *file = NULL;
    CHECK(apl_audio_file_open(bytes_write(&flac, "cut.flac"), &config, &file) != APL_OK);
}

static void damaged_flac_goes_on_behind_the_damage(void)
{
    struct bytes flac = flac_of(64000);
    memset(flac.data + flac.count / 2, 0, 64);
    struct recording recording = check_bounded(bytes_write(&flac, "hole.flac"), APL_OK);
    CHECK(recording.count > 50000 && recording.count < 64000);
    CHECK_INT(1, recording.statistics.decoder_errors);
    CHECK_INT(64000 - recording.count, recording.statistics.declared_shortfall_frames);
    free(recording.samples);
}

static void non_finite_samples_are_silence_and_counted(void)
{
    float values[] = {NAN, 0.5f, INFINITY, -INFINITY, -NAN, 3.0f, 1e38f, -2.0f}; /* four that are infinite or not a number, and 1e38 */
    for (int i = 0; i < 2; i++) {
        int format = SF_FORMAT_WAV | (i == 0 ? SF_FORMAT_FLOAT : SF_FORMAT_DOUBLE);
        struct recording recording = check_bounded(sound_write("nan.wav", format, values, 4, 2, 16000), APL_OK);
        CHECK_INT(5, recording.statistics.non_finite_samples);
        CHECK_NEAR(0.25, recording.samples[0], 0);
        CHECK_NEAR(0, recording.samples[1], 0);
        CHECK_NEAR(1.5, recording.samples[2], 0);
        CHECK_NEAR(-1.0, recording.samples[3], 0);
        free(recording.samples);
    }
    struct wav_header header = {3, 1, 16000, 64, 8};
    struct bytes huge = {0};
    bytes_wav_header(&huge, &header);
    bytes_u64(&huge, 0x7FE0000000000000u); /* 1e308, beyond float32 */
    struct recording recording = check_decoded(&huge, 1);
    CHECK_INT(1, recording.statistics.non_finite_samples);
}

static const struct test_case cases[] = {
    {"what_is_no_file_is_refused", what_is_no_file_is_refused},
    {"what_is_no_audio_is_refused", what_is_no_audio_is_refused},
    {"impossible_channel_counts_are_refused", impossible_channel_counts_are_refused},
    {"impossible_rates_are_refused", impossible_rates_are_refused},
    {"impossible_aiff_au_and_caf_are_refused", impossible_aiff_au_and_caf_are_refused},
    {"headers_without_samples_are_empty", headers_without_samples_are_empty},
    {"a_day_in_a_kilobyte_is_a_shortfall", a_day_in_a_kilobyte_is_a_shortfall},
    {"lying_riff_sizes_do_not_matter", lying_riff_sizes_do_not_matter},
    {"lying_chunks_end_the_search", lying_chunks_end_the_search},
    {"sizes_that_wrapped_at_four_gigabytes_are_not_believed", sizes_that_wrapped_at_four_gigabytes_are_not_believed},
    {"rf64_with_lying_sizes_is_read_to_its_end", rf64_with_lying_sizes_is_read_to_its_end},
    {"truncated_flac_gives_what_is_there", truncated_flac_gives_what_is_there},
    {"damaged_flac_goes_on_behind_the_damage", damaged_flac_goes_on_behind_the_damage},
    {"non_finite_samples_are_silence_and_counted", non_finite_samples_are_silence_and_counted},
};

TEST_MAIN(cases)
