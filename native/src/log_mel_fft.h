/*
 * Power spectrum of real frames of 400 samples, one frame a lane. Included by log_mel_kernel.h, which defines vf.
 *
 * 1. The 400 windowed samples are taken as 200 complex ones, z[n] = x[2n] + i x[2n+1].
 * 2. Complex FFT of 200 = 8 * 25 by Good's prime-factor mapping, which needs no twiddles between the two: inputs n = (25 n1 + 8 n2) mod 200,
 *    outputs k = (25 k1 + 176 k2) mod 200, so that exp(-2 pi i n k / 200) = exp(-2 pi i n1 k1 / 8) exp(-2 pi i n2 k2 / 25).
 * 3. The 25-point FFTs are 5 * 5 with twiddles (Cooley and Tukey).
 * 4. With E = Z[k] + conj Z[200-k] and iO = Z[k] - conj Z[200-k], X[k] = E + w O and conj X[200-k] = E - w O, w = exp(-2 pi i k / 400).
 */

typedef struct {
    vf re, im;
} cf;

static inline cf cf_add(cf a, cf b)
{
    return (cf){a.re + b.re, a.im + b.im};
}

static inline cf cf_sub(cf a, cf b)
{
    return (cf){a.re - b.re, a.im - b.im};
}

/* a - i b and a + i b */
static inline cf cf_sub_i(cf a, cf b)
{
    return (cf){a.re + b.im, a.im - b.re};
}

static inline cf cf_add_i(cf a, cf b)
{
    return (cf){a.re - b.im, a.im + b.re};
}

static inline cf cf_twiddle(cf a, const float w[2])
{
    return (cf){a.re * w[0] - a.im * w[1], a.re * w[1] + a.im * w[0]};
}

static inline void fft_4(cf a, cf b, cf c, cf d, cf out[4])
{
    cf s = cf_add(a, c), t = cf_sub(a, c), u = cf_add(b, d), v = cf_sub(b, d);
    out[0] = cf_add(s, u);
    out[1] = cf_sub_i(t, v);
    out[2] = cf_sub(s, u);
    out[3] = cf_add_i(t, v);
}

static inline void fft_8(const cf in[8], cf out[8])
{
    static const float r = 0.70710678118654752440f;
    cf even[4], odd[4];
    fft_4(in[0], in[2], in[4], in[6], even);
    fft_4(in[1], in[3], in[5], in[7], odd);
    cf odd1 = {(odd[1].re + odd[1].im) * r, (odd[1].im - odd[1].re) * r};
    cf odd3 = {(odd[3].im - odd[3].re) * r, (odd[3].re + odd[3].im) * -r};
    out[0] = cf_add(even[0], odd[0]);
    out[4] = cf_sub(even[0], odd[0]);
    out[1] = cf_add(even[1], odd1);
    out[5] = cf_sub(even[1], odd1);
    out[2] = cf_sub_i(even[2], odd[2]);
    out[6] = cf_add_i(even[2], odd[2]);
    out[3] = cf_add(even[3], odd3);
    out[7] = cf_sub(even[3], odd3);
}

static inline void fft_5(cf a, cf b, cf c, cf d, cf e, cf out[5])
{
    static const float c1 = 0.30901699437494742410f, c2 = -0.80901699437494742410f; /* cos 72, 144 degrees */
    static const float s1 = 0.95105651629515357212f, s2 = 0.58778525229247312917f; /* sin */
    cf t1 = cf_add(b, e), t2 = cf_add(c, d), t3 = cf_sub(b, e), t4 = cf_sub(c, d);
    out[0] = cf_add(a, cf_add(t1, t2));
    cf p1 = {a.re + t1.re * c1 + t2.re * c2, a.im + t1.im * c1 + t2.im * c2};
    cf p2 = {a.re + t1.re * c2 + t2.re * c1, a.im + t1.im * c2 + t2.im * c1};
    cf q1 = {t3.re * s1 + t4.re * s2, t3.im * s1 + t4.im * s2};
    cf q2 = {t3.re * s2 - t4.re * s1, t3.im * s2 - t4.im * s1};
    out[1] = cf_sub_i(p1, q1);
    out[4] = cf_add_i(p1, q1);
    out[2] = cf_sub_i(p2, q2);
    out[3] = cf_add_i(p2, q2);
}

/* Windowed sample n of frames first to first + LANES: hops[n % 160][frame + n / 160]. */
static inline vf windowed(const struct mel_tables *tables, const float *hops, int n)
{
    return vf_load(hops + n % MEL_HOP * MEL_COLUMNS + n / MEL_HOP) * tables->window[n];
}

/* Outline 1 and the 8-point half of 2: row 25 k1 + n2 of re and im receives output k1 of column n2. */
static void fft_columns(const struct mel_tables *tables, const float *hops, float *re, float *im)
{
    for (int n2 = 0; n2 < 25; n2++) {
        cf in[8], out[8];
        for (int n1 = 0; n1 < 8; n1++) {
            int n = (25 * n1 + 8 * n2) % MEL_HALF;
            in[n1] = (cf){windowed(tables, hops, 2 * n), windowed(tables, hops, 2 * n + 1)};
        }
        fft_8(in, out);
        for (int k1 = 0; k1 < 8; k1++) {
            vf_store(re + (25 * k1 + n2) * LANES, out[k1].re);
            vf_store(im + (25 * k1 + n2) * LANES, out[k1].im);
        }
    }
}

/* Outline 3 on 25 rows, in place: row b + 5 a in, row c + 5 d out, k2 = c + 5 d. */
static void fft_25(const struct mel_tables *tables, float *re, float *im)
{
    cf half[5][5];
    for (int b = 0; b < 5; b++) {
        cf in[5];
        for (int a = 0; a < 5; a++) {
            in[a] = (cf){vf_load(re + (b + 5 * a) * LANES), vf_load(im + (b + 5 * a) * LANES)};
        }
        fft_5(in[0], in[1], in[2], in[3], in[4], half[b]);
        for (int c = 1; c < 5 && b > 0; c++) {
            half[b][c] = cf_twiddle(half[b][c], tables->twiddle_25[b - 1][c - 1]);
        }
    }
    for (int c = 0; c < 5; c++) {
        cf out[5];
        fft_5(half[0][c], half[1][c], half[2][c], half[3][c], half[4][c], out);
        for (int d = 0; d < 5; d++) {
            vf_store(re + (c + 5 * d) * LANES, out[d].re);
            vf_store(im + (c + 5 * d) * LANES, out[d].im);
        }
    }
}

/* Row of re and im that holds output k: 25 k1 + k2 with k1 = k mod 8, k2 = k mod 25. */
static inline cf output(const float *re, const float *im, int k)
{
    int row = k % 8 * 25 + k % 25;
    return (cf){vf_load(re + row * LANES), vf_load(im + row * LANES)};
}

/* Outline 4: power[k] = |X[k]|^2, k = 0..200. */
static void split_power(const struct mel_tables *tables, const float *re, const float *im, float *power)
{
    for (int k = 0; k <= MEL_HALF / 2; k++) {
        cf z = output(re, im, k), y = output(re, im, (MEL_HALF - k) % MEL_HALF);
        cf even = {z.re + y.re, z.im - y.im};
        cf odd = cf_twiddle((cf){z.im + y.im, y.re - z.re}, tables->split[k]);
        cf low = cf_add(even, odd), high = cf_sub(even, odd);
        vf_store(power + k * LANES, low.re * low.re + low.im * low.im);
        vf_store(power + (MEL_HALF - k) * LANES, high.re * high.re + high.im * high.im);
    }
}

static void power_spectrum(const struct mel_tables *tables, const float *hops, float *re, float *im, float *power)
{
    fft_columns(tables, hops, re, im);
    for (int k1 = 0; k1 < 8; k1++) {
        fft_25(tables, re + 25 * k1 * LANES, im + 25 * k1 * LANES);
    }
    split_power(tables, re, im, power);
}
