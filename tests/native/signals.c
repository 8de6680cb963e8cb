#include "signals.h"

#include <math.h>
#include <stdlib.h>

uint32_t signal_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

float *signal_noise(int64_t count, float level)
{
    float *samples = malloc((size_t)(count + 1) * sizeof *samples);
    uint32_t state = 20250613;
    for (int64_t i = 0; i < count; i++) {
        samples[i] = ((float)(signal_random(&state) >> 8) / 8388608.0f - 1.0f) * level;
    }
    return samples;
}

float *signal_sine(int64_t count, double hz, double rate_hz, double level)
{
    float *samples = malloc((size_t)(count + 1) * sizeof *samples);
    for (int64_t i = 0; i < count; i++) {
        samples[i] = (float)(level * sin(2 * 3.14159265358979323846 * hz * (double)i / rate_hz));
    }
    return samples;
}
