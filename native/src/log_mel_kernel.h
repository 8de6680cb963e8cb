/*
 * The log-mel kernel for LANES frames side by side. A file for each SIMD level defines LANES and KERNEL and includes this; the vectors
 * are GCC's and Clang's vector extension, so that one text serves AVX2, AVX-512, NEON and plain floats.
 */
#include "log_mel.h"

#include <string.h>

#if LANES == 1
typedef float vf;
typedef int32_t vi;
#define vi_to_vf(x) ((float)(x))
#else
typedef float vf __attribute__((vector_size(LANES * 4)));
typedef int32_t vi __attribute__((vector_size(LANES * 4)));
#define vi_to_vf(x) __builtin_convertvector(x, vf)
#endif

static inline vf vf_load(const float *from)
{
    vf value;
    memcpy(&value, from, sizeof value);
    return value;
}

static inline void vf_store(float *to, vf value)
{
    memcpy(to, &value, sizeof value);
}

static inline vi vf_bits(vf value)
{
    vi bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline vf vf_from_bits(vi bits)
{
    vf value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The larger; b where a is NaN. */
static inline vf vf_max(vf a, vf b)
{
#if LANES == 1
    return a > b ? a : b;
#else
    vi greater = a > b;
    return vf_from_bits((vf_bits(a) & greater) | (vf_bits(b) & ~greater));
#endif
}

/*
 * log10 of normal positive numbers, within 1e-6 absolute for results in [-10, 6].
 * x = 2^e m with m in [sqrt 1/2, sqrt 2); log10 m = 2 / ln 10 (s + s^3/3 + s^5/5 + s^7/7 + s^9/9), s = (m - 1) / (m + 1), |s| < 0.172.
 * log10 2 is split so that its upper part times e is exact.
 */
static inline vf vf_log10(vf x)
{
    vi bits = vf_bits(x);
    vi e = (bits - 0x3F3504F3) >> 23;
    vf m = vf_from_bits(bits - e * (1 << 23));
    vf s = (m - 1.0f) / (m + 1.0f);
    vf z = s * s;
    vf series = (((z * (1.0f / 9) + 1.0f / 7) * z + 1.0f / 5) * z + 1.0f / 3) * z;
    vf exponent = vi_to_vf(e);
    s *= 0.86858896380650365530f;
    return exponent * 0.301025390625f + (s + (s * series + exponent * 4.6050389811952137e-6f));
}

#include "log_mel_fft.h"

static void transpose_hops(const float *samples, float *hops)
{
    for (int h = 0; h < MEL_BATCH + 2; h++) {
        int rows = h == MEL_BATCH + 1 ? MEL_FFT - 2 * MEL_HOP : MEL_HOP; /* the last hop is touched for half of its length */
        for (int r = 0; r < rows; r++) {
            hops[r * MEL_COLUMNS + h] = samples[h * MEL_HOP + r];
        }
    }
}

static vf mel_logs(const struct mel_tables *tables, const float *power, float *mel)
{
    const vf zero = {0};
    vf largest = zero + MEL_FLOOR_LOG10;
    for (int32_t m = 0; m < tables->mel_count; m++) {
        const float *bins = power + tables->first_bin[m] * LANES;
        vf sum = zero;
        for (int32_t w = tables->first_weight[m]; w < tables->first_weight[m + 1]; w++, bins += LANES) {
            sum += vf_load(bins) * tables->weights[w];
        }
        vf value = vf_log10(vf_max(sum, zero + MEL_FLOOR));
        vf_store(mel + m * LANES, value);
        largest = vf_max(value, largest);
    }
    return largest;
}

static void write_frames(const float *mel, int32_t mel_count, int32_t count, float *frames)
{
    for (int32_t f = 0; f < count; f++) {
        for (int32_t m = 0; m < mel_count; m++) {
            frames[f * mel_count + m] = mel[m * LANES + f];
        }
    }
}

float KERNEL(const struct mel_tables *tables, struct mel_scratch *scratch, const float *samples, int32_t count, float *frames)
{
    float maximum = MEL_FLOOR_LOG10;
    transpose_hops(samples, scratch->hops);
    for (int32_t first = 0; first < count; first += LANES) {
        int32_t lanes = count - first < LANES ? count - first : LANES;
        power_spectrum(tables, scratch->hops + first, scratch->re, scratch->im, scratch->power);
        float largest[LANES];
        vf_store(largest, mel_logs(tables, scratch->power, scratch->mel));
        for (int32_t f = 0; f < lanes; f++) {
            maximum = largest[f] > maximum ? largest[f] : maximum;
        }
        write_frames(scratch->mel, tables->mel_count, lanes, frames + first * tables->mel_count);
    }
    return maximum;
}
