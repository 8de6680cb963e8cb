/* Sample formats of capture devices. */
#ifndef APL_CAPTURE_FORMAT_H
#define APL_CAPTURE_FORMAT_H

#include <stdint.h>

enum capture_format { CAPTURE_S16, CAPTURE_S24_3, CAPTURE_S24, CAPTURE_S32, CAPTURE_FLOAT, CAPTURE_FORMATS };

/* Bytes of one sample. */
int32_t apl_capture_format_bytes(enum capture_format format);

/* Bits of one sample that carry sound. */
int32_t apl_capture_format_bits(enum capture_format format);

/* Little-endian samples to float32: integers are value / 2^(bits-1). */
void apl_capture_convert(enum capture_format format, const void *samples, int64_t count, float *converted);

#endif
