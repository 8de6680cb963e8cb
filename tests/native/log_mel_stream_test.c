/* The stream around the kernels: cutting, finishing, resetting, refusing; the scaling; the logarithm. */
#define LANES 1
#define KERNEL unused_kernel
#include "log_mel_kernel.h"

#include "recording.h"
#include "signals.h"
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT 20000
#define MELS 80
#define ROOM 140

static apl_log_mel *create(int32_t mels)
{
    apl_log_mel_config config = {sizeof config, mels, APL_SIMD_AUTO};
    apl_log_mel *log_mel = NULL;
    CHECK_STATUS(APL_OK, apl_log_mel_create(&config, &log_mel));
    return log_mel;
}

/* The same frames, bit by bit, however the samples are cut; with a finish after each call when asked for. */
static void check_cut(const float *samples, const float *expected, int64_t expected_count, int64_t step, int finish_between)
{
    apl_log_mel *log_mel = create(MELS);
    float frames[ROOM * MELS] = {0}, tail[4 * MELS];
    int64_t written = 0, got;
    for (int64_t start = 0; start < COUNT; start += step) {
        int64_t count = COUNT - start < step ? COUNT - start : step;
        CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples + start, count, frames + written * MELS, count / 160 + 4, &got));
        written += got;
        if (finish_between) {
            CHECK_STATUS(APL_OK, apl_log_mel_finish(log_mel, tail, 4, &got));
            CHECK(got >= 1 && got <= 3);
        }
    }
    CHECK_INT(expected_count, written);
    CHECK(memcmp(expected, frames, (size_t)(written * MELS) * sizeof *frames) == 0);
    apl_log_mel_destroy(log_mel);
}

static void any_cut_gives_the_same_bits(void)
{
    static const int64_t steps[] = {1, 7, 159, 160, 161, 199, 200, 201, 400, 512, 2560, 2799, 2800, 2801, 16000, COUNT};
    float *samples = signal_noise(COUNT, 0.5f), expected[ROOM * MELS] = {0};
    int64_t count;
    apl_log_mel *log_mel = create(MELS);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, COUNT, expected, ROOM, &count));
    CHECK_INT((COUNT - 200) / 160 + 1, count);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        check_cut(samples, expected, count, steps[i], 0);
        check_cut(samples, expected, count, steps[i], 1);
    }
    apl_log_mel_destroy(log_mel);
    free(samples);
}

static void finish_is_silence_after_the_end(void)
{
    float *samples = signal_noise(COUNT + 800, 0.5f), frames[ROOM * MELS], tail[4 * MELS], maximum, padded_maximum;
    memset(samples + COUNT, 0, 800 * sizeof *samples);
    int64_t count, tail_count, padded_count;
    apl_log_mel *log_mel = create(MELS);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, COUNT, frames, ROOM, &count));
    CHECK_STATUS(APL_OK, apl_log_mel_finish(log_mel, tail, 4, &tail_count));
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &maximum));
    CHECK_STATUS(APL_OK, apl_log_mel_reset(log_mel));
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, COUNT + 800, frames, ROOM, &padded_count));
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &padded_maximum));
    CHECK(memcmp(frames + count * MELS, tail, (size_t)(tail_count * MELS) * sizeof *tail) == 0);
    CHECK(maximum == padded_maximum);
    for (int64_t i = (count + tail_count) * MELS; i < padded_count * MELS; i++) {
        CHECK(frames[i] == -10.0f);
    }
    apl_log_mel_destroy(log_mel);
    free(samples);
}

/* A recording that is cut in the middle of a tone has a click there; it must not stay in the maximum when the tone goes on. */
static void maximum_of_finish_is_forgotten_by_append(void)
{
    float *tone = signal_sine(1600, 100, 16000, 0.5), frames[20 * MELS], before, finished, after;
    int64_t count;
    apl_log_mel *log_mel = create(MELS);
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &before));
    CHECK(before == -10.0f);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, tone, 150, frames, 20, &count));
    CHECK_INT(0, count);
    CHECK_STATUS(APL_OK, apl_log_mel_finish(log_mel, frames, 20, &count));
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &finished));
    CHECK(finished > -10.0f);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, tone, 0, frames, 20, &count));
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &after));
    CHECK(after == -10.0f);
    apl_log_mel_destroy(log_mel);
    free(tone);
}

static void reset_starts_a_new_recording(void)
{
    float *samples = signal_noise(2000, 0.5f), first[16 * MELS], second[16 * MELS];
    int64_t count, again;
    apl_log_mel *log_mel = create(MELS);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, 2000, first, 16, &count));
    CHECK_STATUS(APL_OK, apl_log_mel_reset(log_mel));
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, 2000, second, 16, &again));
    CHECK_INT(count, again);
    CHECK(memcmp(first, second, (size_t)(count * MELS) * sizeof *first) == 0);
    apl_log_mel_destroy(log_mel);
    free(samples);
}

static void silence_is_the_floor(void)
{
    float samples[8000] = {0}, frames[60 * 128], maximum;
    int64_t count;
    apl_log_mel *log_mel = create(128);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, 8000, frames, 60, &count));
    for (int64_t i = 0; i < count * 128; i++) {
        CHECK(frames[i] == -10.0f);
    }
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &maximum));
    CHECK(maximum == -10.0f);
    apl_log_mel_destroy(log_mel);
}

static void non_finite_samples_spoil_only_their_frames(void)
{
    float *samples = signal_noise(COUNT, 0.5f), clean[ROOM * MELS], spoilt[ROOM * MELS], maximum;
    int64_t count;
    apl_log_mel *log_mel = create(MELS);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, COUNT, clean, ROOM, &count));
    samples[9600] = NAN; /* in frames 59 to 61 */
    samples[9601] = INFINITY;
    CHECK_STATUS(APL_OK, apl_log_mel_reset(log_mel));
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, COUNT, spoilt, ROOM, &count));
    for (int64_t k = 0; k < count; k++) {
        int same = memcmp(clean + k * MELS, spoilt + k * MELS, MELS * sizeof *clean) == 0;
        CHECK(same == (k < 59 || k > 61));
    }
    CHECK_STATUS(APL_OK, apl_log_mel_get_maximum(log_mel, &maximum));
    CHECK(isfinite(maximum));
    apl_log_mel_destroy(log_mel);
    free(samples);
}

static void too_little_room_takes_nothing(void)
{
    float samples[1000] = {0}, frames[8 * MELS];
    int64_t count = 77;
    apl_log_mel *log_mel = create(MELS);
    CHECK_STATUS(APL_BUFFER_TOO_SMALL, apl_log_mel_append(log_mel, samples, 1000, frames, 5, &count));
    CHECK_INT(77, count);
    CHECK_STATUS(APL_OK, apl_log_mel_append(log_mel, samples, 1000, frames, 6, &count));
    CHECK_INT(6, count);
    CHECK_STATUS(APL_BUFFER_TOO_SMALL, apl_log_mel_finish(log_mel, frames, 1, &count));
    CHECK_STATUS(APL_OK, apl_log_mel_finish(log_mel, frames, 8, &count));
    CHECK_INT(2, count);
    apl_log_mel_destroy(log_mel);
}

static void normalize_scales_and_transposes(void)
{
    enum { FRAMES = 37, BINS = 83, WINDOW = 41 };
    float frames[FRAMES * BINS], window[BINS * WINDOW];
    for (int i = 0; i < FRAMES * BINS; i++) {
        frames[i] = (float)(i % 29) - 20.0f;
    }
    for (int i = 0; i < BINS * WINDOW; i++) {
        window[i] = 99.0f;
    }
    CHECK_STATUS(APL_OK, apl_log_mel_normalize(frames, FRAMES, BINS, 5.0f, window, WINDOW));
    for (int m = 0; m < BINS; m++) {
        for (int f = 0; f < WINDOW; f++) {
            float value = f < FRAMES ? (fmaxf(frames[f * BINS + m], -3.0f) + 4.0f) / 4.0f : 99.0f;
            CHECK(window[m * WINDOW + f] == value);
        }
    }
}

static void logarithm_is_within_a_millionth(void)
{
    double worst = 0;
    for (double exponent = -10; exponent < 6; exponent += 0.00013) {
        float x = (float)pow(10, exponent);
        worst = fmax(worst, fabs((double)vf_log10(x) - log10((double)x)));
    }
    CHECK_NEAR(0, worst, 1e-6);
    CHECK(vf_log10(1.0f) == 0.0f);
    CHECK(vf_log10(1e-10f) == -10.0f);
    CHECK_NEAR(log10(FLT_MAX), vf_log10(FLT_MAX), 3e-6);
}

static const struct test_case cases[] = {
    {"append_in_any_cut_gives_the_same_bits", any_cut_gives_the_same_bits},
    {"finish_is_as_if_silence_followed", finish_is_silence_after_the_end},
    {"maximum_of_finish_is_forgotten_by_append", maximum_of_finish_is_forgotten_by_append},
    {"reset_starts_a_new_recording", reset_starts_a_new_recording},
    {"silence_is_the_floor", silence_is_the_floor},
    {"non_finite_samples_spoil_only_their_frames", non_finite_samples_spoil_only_their_frames},
    {"too_little_room_takes_nothing", too_little_room_takes_nothing},
    {"normalize_scales_and_transposes", normalize_scales_and_transposes},
    {"logarithm_is_within_a_millionth", logarithm_is_within_a_millionth},
};

TEST_MAIN(cases)
