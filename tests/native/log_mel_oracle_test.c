/* Every SIMD level against the double-precision reference, and against each other. */
#include "log_mel_reference.h"
#include "recording.h"
#include "signals.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SECOND 16000


/*
 * Float32 has a relative error of about 1e-7 of the strongest line in each line of a frame: 5 decades below it log10 is still within 1e-5,
 * at the 8 decades that Whisper keeps within 1e-3.
 */
static void check_frame(const float *actual, const double *expected, int32_t mels)
{
    double strongest = -10;
    for (int32_t m = 0; m < mels; m++) {
        strongest = fmax(strongest, expected[m]);
    }
    for (int32_t m = 0; m < mels; m++) {
        double below = strongest - expected[m];
        CHECK_NEAR(expected[m], actual[m], below < 5 ? 1e-5 : below < 8 ? 1e-3 : 10);
    }
}

static void check_signal(const float *samples, int64_t count, int32_t mels, int32_t simd)
{
    struct recording recording = {.samples = (float *)samples, .count = count};
    int64_t capacity = count / 160 + 8;
    float *frames = calloc((size_t)(capacity * mels), sizeof *frames);
    float maximum;
    double *expected = calloc((size_t)mels, sizeof *expected);
    int64_t written = recording_log_mel(&recording, mels, simd, frames, capacity, &maximum);
    CHECK_INT((count + 200 + 159) / 160, written); /* every frame that touches a sample */
    double largest = -10;
    for (int64_t k = 0; k < written; k++) {
        reference_frame(samples, count, k, mels, expected);
        check_frame(frames + k * mels, expected, mels);
        for (int32_t m = 0; m < mels; m++) {
            largest = fmax(largest, expected[m]);
        }
    }
    CHECK_NEAR(largest, maximum, 1e-5);
    free(frames);
    free(expected);
}

static void check_level(int32_t simd)
{
    recording_require_simd(simd);
    float *noise = signal_noise(SECOND, 1.0f), *faint = signal_noise(SECOND / 4, 3e-5f);
    float *tone = signal_sine(SECOND / 4, 1000, 16000, 0.9), *low = signal_sine(SECOND / 4, 20, 16000, 0.9);
    float *click = calloc(SECOND / 4, sizeof *click), *square = calloc(SECOND / 4, sizeof *square);
    click[1234] = 1;
    for (int i = 0; i < SECOND / 4; i++) {
        square[i] = i / 40 % 2 ? 1.0f : -1.0f;
    }
    for (int32_t mels = 80; mels <= 128; mels += 48) {
        check_signal(noise, SECOND, mels, simd);
        check_signal(faint, SECOND / 4, mels, simd);
        check_signal(tone, SECOND / 4, mels, simd);
        check_signal(low, SECOND / 4, mels, simd);
        check_signal(click, SECOND / 4, mels, simd);
        check_signal(square, SECOND / 4, mels, simd);
    }
    free(noise), free(faint), free(tone), free(low), free(click), free(square);
}

static void scalar(void)
{
    check_level(APL_SIMD_SCALAR);
}

#if defined(__x86_64__)
static void avx2(void)
{
    check_level(APL_SIMD_AVX2);
}

static void avx512(void)
{
    check_level(APL_SIMD_AVX512);
}

/* Both fuse the same products: a model gives the same tokens on either machine. */
static void avx2_and_avx512_agree(void)
{
    recording_require_simd(APL_SIMD_AVX512);
    struct recording noise = {.samples = signal_noise(5 * SECOND, 0.7f), .count = 5 * SECOND};
    size_t size = 510 * 128 * sizeof(float);
    float *narrow = calloc(1, size), *wide = calloc(1, size);
    float narrow_maximum, wide_maximum;
    for (int32_t mels = 80; mels <= 128; mels += 48) {
        recording_log_mel(&noise, mels, APL_SIMD_AVX2, narrow, 510, &narrow_maximum);
        recording_log_mel(&noise, mels, APL_SIMD_AVX512, wide, 510, &wide_maximum);
        CHECK(memcmp(narrow, wide, size) == 0);
        CHECK(narrow_maximum == wide_maximum);
    }
    free(narrow), free(wide), free(noise.samples);
}
#elif defined(__aarch64__)
static void neon(void)
{
    check_level(APL_SIMD_NEON);
}
#endif

static void short_recordings(void)
{
    static const int64_t counts[] = {1, 2, 100, 199, 200, 201, 359, 360, 361, 399, 400, 401, 2799, 2800, 2801};
    float *noise = signal_noise(3000, 1.0f);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        check_signal(noise, counts[i], 80, APL_SIMD_AUTO);
    }
    free(noise);
}

static const struct test_case cases[] = {
    {"scalar_is_near_the_reference", scalar},
#if defined(__x86_64__)
    {"avx2_is_near_the_reference", avx2},
    {"avx512_is_near_the_reference", avx512},
    {"avx2_and_avx512_give_the_same_bits", avx2_and_avx512_agree},
#elif defined(__aarch64__)
    {"neon_is_near_the_reference", neon},
#endif
    {"recordings_of_few_samples_are_near_the_reference", short_recordings},
};

TEST_MAIN(cases)
