/* Signals made in code; the caller frees them. */
#ifndef APL_TEST_SIGNAL_H
#define APL_TEST_SIGNAL_H

#include <stdint.h>

/* Uniform noise in [-level, level] from a fixed seed. */
float *signal_noise(int64_t count, float level);

/* level * sin(2 pi hz n / rate). */
float *signal_sine(int64_t count, double hz, double rate_hz, double level);

/* The next number of a small generator (xorshift); state must not be 0. */
uint32_t signal_random(uint32_t *state);

#endif
