/* Shared between the streaming state of log-mel and its kernels. */
#ifndef APL_LOG_MEL_H
#define APL_LOG_MEL_H

#include <stdint.h>

#define MEL_FFT 400 /* samples under the window, 25 ms */
#define MEL_HOP 160 /* 10 ms */
#define MEL_HALF (MEL_FFT / 2) /* points of the complex FFT that does a real one of 400 */
#define MEL_BINS (MEL_HALF + 1)
#define MEL_MAX_COUNT 128
#define MEL_FLOOR 1e-10f
#define MEL_FLOOR_LOG10 (-10.0f)

#define MEL_BATCH 16 /* frames that a kernel takes at once; a multiple of every lane count */
#define MEL_COLUMNS (MEL_BATCH + 4) /* hops that a batch touches (MEL_BATCH + 2), rounded up */
#define MEL_BATCH_SAMPLES ((MEL_BATCH - 1) * MEL_HOP + MEL_FFT)
#define MEL_MAX_WEIGHTS 512

/* Constants of the transform, float32 of values computed in double. */
struct mel_tables {
    float window[MEL_FFT]; /* periodic Hann, halved (the real FFT's final step would otherwise halve) */
    float twiddle_25[4][4][2]; /* exp(-2 pi i b c / 25) for b, c = 1..4 */
    float split[MEL_HALF / 2 + 1][2]; /* exp(-2 pi i k / 400) */
    int32_t mel_count;
    int32_t first_bin[MEL_MAX_COUNT]; /* of each mel's triangle */
    int32_t first_weight[MEL_MAX_COUNT + 1]; /* mel m owns weights first_weight[m] to first_weight[m + 1] */
    float weights[MEL_MAX_WEIGHTS];
};

void apl_mel_tables_fill(struct mel_tables *tables, int32_t mel_count);

/* Working memory of a kernel. Values of one batch stand side by side: [row][frame]. */
struct mel_scratch {
    _Alignas(64) float hops[MEL_HOP * MEL_COLUMNS]; /* hops[r][h] = samples[160 h + r] */
    _Alignas(64) float re[MEL_HALF * MEL_BATCH];
    _Alignas(64) float im[MEL_HALF * MEL_BATCH];
    _Alignas(64) float power[MEL_BINS * MEL_BATCH];
    _Alignas(64) float mel[MEL_MAX_COUNT * MEL_BATCH];
};

/*
 * frames[f][m] = log10(max(mel power, 1e-10)) for f < count (at most MEL_BATCH) and m < mel_count, of samples 160 f to 160 f + 400.
 * samples: MEL_BATCH_SAMPLES readable floats, of which those of further frames may be anything. Returns the largest value.
 */
typedef float mel_kernel(const struct mel_tables *tables, struct mel_scratch *scratch, const float *samples, int32_t count,
                         float *frames);

mel_kernel apl_mel_kernel_scalar;
#if defined(__x86_64__)
mel_kernel apl_mel_kernel_avx2;
mel_kernel apl_mel_kernel_avx512;
#elif defined(__aarch64__)
mel_kernel apl_mel_kernel_neon;
#endif

#endif
