#include "capture_format.h"

#include <string.h>

int32_t apl_capture_format_bytes(enum capture_format format)
{
    static const int32_t bytes[CAPTURE_FORMATS] = {2, 3, 4, 4, 4};
    return bytes[format];
}

int32_t apl_capture_format_bits(enum capture_format format)
{
    static const int32_t bits[CAPTURE_FORMATS] = {16, 24, 24, 32, 32};
    return bits[format];
}

/* The value of a 24-bit two's complement number, whatever stands above it. */
static int32_t signed24(uint32_t value)
{
    return (int32_t)((value & 0xFFFFFFu) ^ 0x800000u) - 0x800000;
}

void apl_capture_convert(enum capture_format format, const void *samples, int64_t count, float *converted)
{
    const unsigned char *bytes = samples;
    switch (format) {
    case CAPTURE_S16:
        for (int64_t i = 0; i < count; i++, bytes += 2) {
            converted[i] = (float)(int16_t)(uint16_t)(bytes[0] | bytes[1] << 8) * (1.0f / 32768.0f);
        }
        break;
    case CAPTURE_S24_3:
        for (int64_t i = 0; i < count; i++, bytes += 3) {
            converted[i] = (float)signed24((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16) * (1.0f / 8388608.0f);
        }
        break;
    case CAPTURE_S24:
        for (int64_t i = 0; i < count; i++, bytes += 4) {
            converted[i] = (float)signed24((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16) * (1.0f / 8388608.0f);
        }
        break;
    case CAPTURE_S32:
        for (int64_t i = 0; i < count; i++, bytes += 4) {
            uint32_t value = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
            converted[i] = (float)(int32_t)value * (1.0f / 2147483648.0f);
        }
        break;
    default:
        memcpy(converted, samples, (size_t)count * sizeof *converted);
        break;
    }
}
