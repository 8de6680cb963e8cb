#include "log_mel.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static void fill_fft(struct mel_tables *tables)
{
    for (int n = 0; n < MEL_FFT; n++) {
        tables->window[n] = (float)(0.5 * (0.5 - 0.5 * cos(2 * pi * n / MEL_FFT)));
    }
    for (int b = 1; b <= 4; b++) {
        for (int c = 1; c <= 4; c++) {
            tables->twiddle_25[b - 1][c - 1][0] = (float)cos(2 * pi * b * c / 25);
            tables->twiddle_25[b - 1][c - 1][1] = (float)-sin(2 * pi * b * c / 25);
        }
    }
    for (int k = 0; k <= MEL_HALF / 2; k++) {
        tables->split[k][0] = (float)cos(2 * pi * k / MEL_FFT);
        tables->split[k][1] = (float)-sin(2 * pi * k / MEL_FFT);
    }
}

/* Slaney's scale: linear to 1 kHz (15 mels), logarithmic above, 27 mels for each factor of 6.4. */
static double mel_to_hz(double mel)
{
    return mel < 15 ? mel * 200 / 3 : 1000 * exp((mel - 15) * log(6.4) / 27);
}

static double hz_to_mel(double hz)
{
    return hz < 1000 ? hz * 3 / 200 : 15 + 27 * log(hz / 1000) / log(6.4);
}

/* Triangles between neighbouring centres, each of area 1 (Slaney's norm): 2 / width in hertz. */
void apl_mel_tables_fill(struct mel_tables *tables, int32_t mel_count)
{
    fill_fft(tables);
    tables->mel_count = mel_count;
    double step = hz_to_mel(8000) / (mel_count + 1);
    int32_t weights = 0;
    for (int32_t m = 0; m < mel_count; m++) {
        double low = mel_to_hz(step * m), centre = mel_to_hz(step * (m + 1)), high = mel_to_hz(step * (m + 2));
        tables->first_bin[m] = 0;
        tables->first_weight[m] = weights;
        for (int32_t bin = 0; bin < MEL_BINS; bin++) {
            double hz = bin * 16000.0 / MEL_FFT;
            double rising = (hz - low) / (centre - low), falling = (high - hz) / (high - centre);
            double weight = fmin(rising, falling) * 2 / (high - low);
            if (weight > 0 && weights < MEL_MAX_WEIGHTS) {
                if (weights == tables->first_weight[m]) {
                    tables->first_bin[m] = bin;
                }
                tables->weights[weights++] = (float)weight;
            }
        }
    }
    tables->first_weight[mel_count] = weights;
}
