/* tests/golden/log-mel.txt on every SIMD level. */
#include "recording.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct golden {
    int32_t mels;
    double minimum, maximum, mean, mean_3000, mean_1100;
    double at_0_100, at_10_100, at_40_500;
};

#define FRAMES 4100 /* 11 s and 30 s of silence */
#define TOLERANCE 1e-4

static double mean(const float *window, int32_t mels, int frames)
{
    double sum = 0;
    for (int32_t m = 0; m < mels; m++) {
        for (int f = 0; f < frames; f++) {
            sum += window[m * FRAMES + f];
        }
    }
    return sum / mels / frames;
}

static void check_values(const struct golden *golden, const float *window)
{
    float least = window[0], most = window[0];
    for (int i = 0; i < golden->mels * FRAMES; i++) {
        least = fminf(least, window[i]);
        most = fmaxf(most, window[i]);
    }
    CHECK_NEAR(golden->minimum, least, TOLERANCE);
    CHECK_NEAR(golden->maximum, most, TOLERANCE);
    CHECK_NEAR(golden->mean, mean(window, golden->mels, FRAMES), TOLERANCE);
    CHECK_NEAR(golden->mean_3000, mean(window, golden->mels, 3000), TOLERANCE);
    CHECK_NEAR(golden->mean_1100, mean(window, golden->mels, 1100), TOLERANCE);
    CHECK_NEAR(golden->at_0_100, window[100], TOLERANCE);
    CHECK_NEAR(golden->at_10_100, window[10 * FRAMES + 100], TOLERANCE);
    CHECK_NEAR(golden->at_40_500, window[40 * FRAMES + 500], TOLERANCE);
}

static void check_golden(const struct golden *golden, int32_t level)
{
    struct recording clip = recording_decode(BUNDLED_CLIP);
    CHECK_INT(176000, clip.count);
    float *frames = calloc((size_t)FRAMES * (size_t)golden->mels, sizeof *frames);
    float *window = calloc((size_t)FRAMES * (size_t)golden->mels, sizeof *window);
    for (int i = 0; i < FRAMES * golden->mels; i++) {
        frames[i] = -10; /* digital silence */
    }
    float maximum;
    int64_t count = recording_log_mel(&clip, golden->mels, level, frames, FRAMES, &maximum);
    CHECK_INT(1102, count); /* 1100 of content, 2 that overlap its end */
    CHECK_STATUS(APL_OK, apl_log_mel_normalize(frames, FRAMES, golden->mels, maximum, window, FRAMES));
    check_values(golden, window);
    free(frames);
    free(window);
    free(clip.samples);
}

static void check_level(int32_t level)
{
    recording_require_simd(level);
    char line[256];
    int rows = 0;
    FILE *file = fopen(GOLDEN_FOLDER "/log-mel.txt", "r");
    CHECK(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        struct golden golden;
        if (sscanf(line, "%d %lf %lf %lf %lf %lf %lf %lf %lf", &golden.mels, &golden.minimum, &golden.maximum, &golden.mean,
                   &golden.mean_3000, &golden.mean_1100, &golden.at_0_100, &golden.at_10_100, &golden.at_40_500) == 9) {
            check_golden(&golden, level);
            rows++;
        }
    }
    fclose(file);
    CHECK_INT(2, rows);
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
#elif defined(__aarch64__)
static void neon(void)
{
    check_level(APL_SIMD_NEON);
}
#endif

static const struct test_case cases[] = {
    {"jfk_scalar_matches_golden_values", scalar},
#if defined(__x86_64__)
    {"jfk_avx2_matches_golden_values", avx2},
    {"jfk_avx512_matches_golden_values", avx512},
#elif defined(__aarch64__)
    {"jfk_neon_matches_golden_values", neon},
#endif
};

TEST_MAIN(cases)
