/* RIFF (little endian), RIFX (big endian) and RF64 headers: Microsoft's "Multimedia Programming Interface", EBU Tech 3306. */
#include "audio_header.h"

#include <sndfile.h>
#include <string.h>

enum wav_encoding {
    WAV_PCM = 1,
    WAV_FLOAT = 3,
    WAV_ALAW = 6,
    WAV_MULAW = 7,
    WAV_MPEG = 0x50,
    WAV_MP3 = 0x55,
    WAV_EXTENSIBLE = 0xFFFE
};

#define MAX_CHUNKS 4096
#define MAX_TRAILER_BYTES 4096 /* tags and padding after the sound that are no chunks */

struct wav_walk {
    struct byte_stream *stream;
    struct audio_header *header;
    int big_endian;
    int is_rf64;
    int64_t rf64_data_bytes;
    int has_format;
    int32_t block_align;
    int32_t frames_per_block; /* of compressed blocks; 1 for plain samples */
};

static uint32_t u16(const struct wav_walk *walk, const uint8_t *bytes)
{
    return walk->big_endian ? apl_big_u16(bytes) : (uint32_t)bytes[1] << 8 | bytes[0];
}

static uint32_t u32(const struct wav_walk *walk, const uint8_t *bytes)
{
    return walk->big_endian ? apl_big_u32(bytes)
                            : (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

static int pcm_format(uint32_t bits)
{
    switch (bits) {
    case 8:
        return SF_FORMAT_PCM_U8;
    case 16:
        return SF_FORMAT_PCM_16;
    case 24:
        return SF_FORMAT_PCM_24;
    case 32:
        return SF_FORMAT_PCM_32;
    default:
        return 0;
    }
}

static int sample_format(uint32_t encoding, uint32_t bits)
{
    switch (encoding) {
    case WAV_PCM:
        return pcm_format(bits);
    case WAV_FLOAT:
        return bits == 32 ? SF_FORMAT_FLOAT : bits == 64 ? SF_FORMAT_DOUBLE : 0;
    case WAV_ALAW:
        return bits == 8 ? SF_FORMAT_ALAW : 0;
    case WAV_MULAW:
        return bits == 8 ? SF_FORMAT_ULAW : 0;
    default:
        return 0;
    }
}

static void read_format(struct wav_walk *walk, int64_t offset, uint32_t size)
{
    uint8_t bytes[40] = {0};
    int64_t got = apl_byte_stream_peek(walk->stream, offset, bytes, size < sizeof bytes ? (int64_t)size : (int64_t)sizeof bytes);
    if (got < 16) {
        return;
    }
    uint32_t encoding = u16(walk, bytes);
    uint32_t bits = u16(walk, bytes + 14);
    if (encoding == WAV_EXTENSIBLE && got >= 26) {
        encoding = u16(walk, bytes + 24); /* the first two bytes of the sub-format's GUID */
    }
    struct audio_header *header = walk->header;
    header->channels = (int32_t)u16(walk, bytes + 2);
    header->sample_rate_hz = (int64_t)u32(walk, bytes + 4);
    walk->block_align = (int32_t)u16(walk, bytes + 12);
    header->is_mp3 = encoding == WAV_MPEG || encoding == WAV_MP3;
    walk->has_format = 1;

    int format = sample_format(encoding, bits);
    if (format != 0 && walk->block_align == header->channels * (int32_t)(bits / 8)) {
        header->raw_format = SF_FORMAT_RAW | format | (walk->big_endian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE);
        walk->frames_per_block = 1;
    } else {
        walk->frames_per_block = got >= 20 ? (int32_t)u16(walk, bytes + 18) : 0;
    }
}

/* Writers that can't go back leave one of these for a size they never learn. */
static int is_placeholder(uint64_t size)
{
    return (size >= 0xFFFFF000u && size <= 0xFFFFFFFFu) || (size >= 0x7FFFF000u && size <= 0x80000000u);
}

/* Whether a chunk that ends within the file, or the file's end, stands at offset. */
static int chunk_follows(const struct wav_walk *walk, int64_t offset)
{
    uint8_t bytes[8];
    int64_t got = apl_byte_stream_peek(walk->stream, offset, bytes, sizeof bytes);
    if (got < (int64_t)sizeof bytes) {
        return 1;
    }
    for (int i = 0; i < 4; i++) {
        if (bytes[i] < 0x20 || bytes[i] > 0x7E) {
            return 0;
        }
    }
    return offset + 8 + (int64_t)u32(walk, bytes + 4) <= walk->stream->size;
}

/*
 * Sizes that say nothing: 0 before sound (a recorder that died), one that was last written long before the end, one that lost its upper
 * 32 bits. What a few kilobytes too many are is not known; they are left out.
 */
static int is_implausible(const struct wav_walk *walk, int64_t offset, int64_t size)
{
    if (walk->stream->is_pipe) {
        return size == 0;
    }
    int64_t beyond = walk->stream->size - offset - size;
    return beyond > (size == 0 ? 0 : MAX_TRAILER_BYTES) && !chunk_follows(walk, offset + size) &&
           !(size & 1 && chunk_follows(walk, offset + size + 1));
}

static void read_data(struct wav_walk *walk, int64_t offset, uint32_t size)
{
    struct audio_header *header = walk->header;
    int64_t bytes = walk->is_rf64 && size == UINT32_MAX ? walk->rf64_data_bytes : (int64_t)size;
    header->data_offset = offset;
    header->is_wav = walk->has_format;
    if (bytes < 0 || is_placeholder((uint64_t)bytes) || is_implausible(walk, offset, bytes)) {
        return;
    }
    header->data_bytes = bytes;
    if (walk->block_align > 0 && walk->frames_per_block > 0) {
        header->declared_frames = bytes / walk->block_align * walk->frames_per_block;
    }
}

static void read_ds64(struct wav_walk *walk, int64_t offset)
{
    uint8_t bytes[16];
    if (apl_byte_stream_peek(walk->stream, offset, bytes, sizeof bytes) == (int64_t)sizeof bytes) {
        walk->rf64_data_bytes = (int64_t)((uint64_t)u32(walk, bytes + 12) << 32 | u32(walk, bytes + 8));
    }
}

/* Reads one chunk; its padded size, or -1 when the walk is over. */
static int64_t read_chunk(struct wav_walk *walk, int64_t offset)
{
    uint8_t bytes[8];
    if (apl_byte_stream_peek(walk->stream, offset, bytes, sizeof bytes) < (int64_t)sizeof bytes) {
        return -1;
    }
    uint32_t size = u32(walk, bytes + 4);
    if (memcmp(bytes, "data", 4) == 0) {
        read_data(walk, offset + 8, size);
        return -1;
    }
    if (memcmp(bytes, "fmt ", 4) == 0) {
        read_format(walk, offset + 8, size);
    } else if (memcmp(bytes, "ds64", 4) == 0) {
        read_ds64(walk, offset + 8);
    }
    return 8 + (int64_t)size + (size & 1);
}

int apl_wav_header_read(struct byte_stream *stream, struct audio_header *header)
{
    struct wav_walk walk = {.stream = stream, .header = header, .rf64_data_bytes = APL_UNKNOWN};
    uint8_t bytes[12];
    if (apl_byte_stream_peek(stream, 0, bytes, sizeof bytes) < (int64_t)sizeof bytes || memcmp(bytes + 8, "WAVE", 4) != 0) {
        return 0;
    }
    walk.is_rf64 = memcmp(bytes, "RF64", 4) == 0;
    walk.big_endian = memcmp(bytes, "RIFX", 4) == 0;
    if (!walk.is_rf64 && !walk.big_endian && memcmp(bytes, "RIFF", 4) != 0) {
        return 0;
    }
    int64_t offset = sizeof bytes;
    for (int chunk = 0; chunk < MAX_CHUNKS; chunk++) {
        int64_t size = read_chunk(&walk, offset);
        if (size < 0) {
            break;
        }
        offset += size;
    }
    return 1;
}
