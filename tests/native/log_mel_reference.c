#include "log_mel_reference.h"

#include <math.h>

#define PI 3.14159265358979323846

static double sample_at(const float *samples, int64_t count, int64_t position)
{
    int64_t mirrored = position < 0 ? -position : position;
    return mirrored < count ? samples[mirrored] : 0;
}

static double bin_power(const double *windowed, int bin)
{
    static double cosines[400];
    for (int n = 0; n < 400 && cosines[0] == 0; n++) {
        cosines[399 - n] = cos(2 * PI * (399 - n) / 400); /* the first one last */
    }
    double re = 0, im = 0;
    for (int n = 0; n < 400; n++) {
        int phase = bin * n % 400;
        re += windowed[n] * cosines[phase];
        im -= windowed[n] * cosines[(phase + 300) % 400];
    }
    return re * re + im * im;
}

static double hz_of_mel(double mel)
{
    return mel < 15 ? mel / 0.015 : 1000 * pow(6.4, (mel - 15) / 27);
}

static double mel_power(const double *power, int32_t mels, int32_t m)
{
    double top = 15 + 27 * log(8.0) / log(6.4), sum = 0;
    double left = hz_of_mel(top * m / (mels + 1)), middle = hz_of_mel(top * (m + 1) / (mels + 1));
    double right = hz_of_mel(top * (m + 2) / (mels + 1));
    for (int bin = 0; bin <= 200; bin++) {
        double hz = bin * 40.0;
        double height = hz <= middle ? (hz - left) / (middle - left) : (right - hz) / (right - middle);
        sum += height > 0 ? height * 2 / (right - left) * power[bin] : 0;
    }
    return sum;
}

void reference_frame(const float *samples, int64_t count, int64_t k, int32_t mels, double *frame)
{
    double windowed[400], power[201];
    for (int n = 0; n < 400; n++) {
        windowed[n] = sample_at(samples, count, 160 * k - 200 + n) * (0.5 - 0.5 * cos(2 * PI * n / 400));
    }
    for (int bin = 0; bin <= 200; bin++) {
        power[bin] = bin_power(windowed, bin);
    }
    for (int32_t m = 0; m < mels; m++) {
        frame[m] = log10(fmax(mel_power(power, mels, m), 1e-10));
    }
}
