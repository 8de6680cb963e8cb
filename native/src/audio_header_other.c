/* AIFF and AIFC, Sun AU, Apple CAF, FLAC: only channels, rate and promised length. */
#include "audio_header.h"

#include <math.h>
#include <string.h>

#define MAX_CHUNKS 4096

/* An 80-bit extended float, as AIFF stores rates; whole hertz. */
static int64_t extended_rate(const uint8_t *bytes)
{
    int exponent = (int)(apl_big_u16(bytes) & 0x7FFF) - 16383 - 63;
    double value = ldexp((double)apl_big_u64(bytes + 2), exponent);
    return value < 1e12 ? (int64_t)(value + 0.5) : INT64_MAX;
}

static void read_comm(struct byte_stream *stream, int64_t offset, int is_compressed, struct audio_header *header)
{
    uint8_t bytes[22] = {0};
    int64_t got = apl_byte_stream_peek(stream, offset, bytes, is_compressed ? 22 : 18);
    if (got < 18) {
        return;
    }
    header->channels = (int32_t)apl_big_u16(bytes);
    header->sample_rate_hz = extended_rate(bytes + 8);
    static const char plain[][5] = {"NONE", "twos", "sowt", "fl32", "FL32", "fl64", "FL64", "alaw", "ALAW", "ulaw", "ULAW"};
    int counts_frames = !is_compressed;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        counts_frames |= memcmp(bytes + 18, plain[i], 4) == 0;
    }
    if (counts_frames) { /* compressed forms count packets */
        header->declared_frames = (int64_t)apl_big_u32(bytes + 2);
    }
}

int apl_aiff_header_read(struct byte_stream *stream, struct audio_header *header)
{
    uint8_t bytes[12];
    if (apl_byte_stream_peek(stream, 0, bytes, 12) < 12 || memcmp(bytes, "FORM", 4) != 0 || memcmp(bytes + 8, "AIF", 3) != 0) {
        return 0;
    }
    int is_compressed = bytes[11] == 'C';
    int64_t offset = 12;
    for (int chunk = 0; chunk < MAX_CHUNKS && apl_byte_stream_peek(stream, offset, bytes, 8) == 8; chunk++) {
        int64_t size = (int64_t)apl_big_u32(bytes + 4);
        if (memcmp(bytes, "COMM", 4) == 0) {
            read_comm(stream, offset + 8, is_compressed, header);
            break;
        }
        offset += 8 + size + (size & 1);
    }
    return 1;
}

static int64_t au_sample_bytes(uint32_t encoding)
{
    static const uint8_t bytes[] = {0, 1, 1, 2, 3, 4, 4, 8}; /* mu-law, 8, 16, 24, 32 bits, float, double */
    return encoding < sizeof bytes ? bytes[encoding] : encoding == 27 ? 1 : 0; /* 27: A-law */
}

int apl_au_header_read(struct byte_stream *stream, struct audio_header *header)
{
    uint8_t bytes[24];
    if (apl_byte_stream_peek(stream, 0, bytes, 24) < 24 || memcmp(bytes, ".snd", 4) != 0) {
        return 0;
    }
    uint32_t data_bytes = apl_big_u32(bytes + 8);
    header->sample_rate_hz = (int64_t)apl_big_u32(bytes + 16);
    uint32_t channels = apl_big_u32(bytes + 20);
    header->channels = channels > INT32_MAX ? INT32_MAX : (int32_t)channels;
    int64_t frame_bytes = au_sample_bytes(apl_big_u32(bytes + 12)) * header->channels;
    if (data_bytes != UINT32_MAX && frame_bytes > 0) {
        header->declared_frames = (int64_t)data_bytes / frame_bytes;
    }
    return 1;
}

struct caf_packet {
    uint32_t bytes;
    uint32_t frames;
};

static void read_caf_description(const uint8_t *bytes, struct audio_header *header, struct caf_packet *packet)
{
    uint64_t rate_bits = apl_big_u64(bytes);
    double rate;
    memcpy(&rate, &rate_bits, sizeof rate);
    header->sample_rate_hz = rate >= 0 && rate < 1e12 ? (int64_t)(rate + 0.5) : INT64_MAX;
    packet->bytes = apl_big_u32(bytes + 16);
    packet->frames = apl_big_u32(bytes + 20);
    uint32_t channels = apl_big_u32(bytes + 24);
    header->channels = channels > INT32_MAX ? INT32_MAX : (int32_t)channels;
}

int apl_caf_header_read(struct byte_stream *stream, struct audio_header *header)
{
    uint8_t bytes[44];
    if (apl_byte_stream_peek(stream, 0, bytes, 8) < 8 || memcmp(bytes, "caff", 4) != 0) {
        return 0;
    }
    struct caf_packet packet = {0, 0};
    int64_t offset = 8;
    for (int chunk = 0; chunk < MAX_CHUNKS && apl_byte_stream_peek(stream, offset, bytes, 12) == 12; chunk++) {
        uint64_t size = apl_big_u64(bytes + 4);
        if (memcmp(bytes, "data", 4) == 0) {
            if (size >= 4 && size < (uint64_t)1 << 46 && packet.bytes > 0 && packet.frames <= 65536) { /* unknown is all ones */
                header->declared_frames = (int64_t)(size - 4) / packet.bytes * packet.frames; /* 4: the edit count */
            }
            break;
        }
        if (memcmp(bytes, "desc", 4) == 0 && apl_byte_stream_peek(stream, offset + 12, bytes, 32) == 32) {
            read_caf_description(bytes, header, &packet);
        }
        if (size > INT64_MAX / 4) {
            break;
        }
        offset += 12 + (int64_t)size;
    }
    return 1;
}

/* The 36 bits of the sample count are in bytes 21 to 25. */
int apl_flac_header_read(struct byte_stream *stream, struct audio_header *header)
{
    uint8_t bytes[26];
    if (apl_byte_stream_peek(stream, 0, bytes, 26) < 26 || memcmp(bytes, "fLaC", 4) != 0) {
        return 0;
    }
    uint64_t packed = apl_big_u64(bytes + 18); /* 20 bits rate, 3 channels - 1, 5 bits a sample - 1, 36 samples */
    header->sample_rate_hz = (int64_t)(packed >> 44);
    header->channels = (int32_t)(packed >> 41 & 7) + 1;
    int64_t samples = (int64_t)(packed & (((uint64_t)1 << 36) - 1));
    header->declared_frames = samples > 0 ? samples : APL_UNKNOWN;
    header->is_flac = 1;
    return 1;
}
