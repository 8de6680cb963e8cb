/* ISO 11172-3 and 13818-3 frame headers; the Xing/Info tag with LAME's extension; ID3v2 (id3.org). */
#include "mp3_header.h"

#include "audio_header.h"

#include <string.h>

#define MAX_ID3_TAGS 16
#define MAX_JUNK_BYTES 65536

static int64_t skip_id3(struct byte_stream *stream, int64_t offset)
{
    uint8_t bytes[10];
    for (int tag = 0; tag < MAX_ID3_TAGS; tag++) {
        if (apl_byte_stream_peek(stream, offset, bytes, 10) < 10 || memcmp(bytes, "ID3", 3) != 0) {
            break;
        }
        int64_t size = (int64_t)(bytes[6] & 0x7F) << 21 | (bytes[7] & 0x7F) << 14 | (bytes[8] & 0x7F) << 7 | (bytes[9] & 0x7F);
        offset += 10 + size + ((bytes[5] & 0x10) != 0 ? 10 : 0); /* 0x10: a footer as long as the header */
    }
    return offset;
}

static int32_t bitrate(int is_mpeg1, int32_t layer, int index)
{
    static const int16_t kilobits[5][15] = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448}, /* MPEG-1 layer I */
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384}, /* II */
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}, /* III */
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256}, /* MPEG-2 and 2.5 layer I */
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}, /* II and III */
    };
    return kilobits[is_mpeg1 ? layer - 1 : layer == 1 ? 3 : 4][index] * 1000;
}

/* A frame header. The bytes of one without a bit rate ("free format") are only known to the decoder: 0. */
static int read_frame(const uint8_t *bytes, struct mp3_header *header)
{
    static const int32_t rates[3] = {44100, 48000, 32000};
    int version = bytes[1] >> 3 & 3; /* 0: MPEG-2.5, 2: MPEG-2, 3: MPEG-1 */
    int layer_bits = bytes[1] >> 1 & 3;
    int rate_index = bytes[2] >> 2 & 3;
    int bitrate_index = bytes[2] >> 4;
    if (bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0 || version == 1 || layer_bits == 0 || rate_index == 3 || bitrate_index == 15) {
        return 0;
    }
    int is_mpeg1 = version == 3;
    header->layer = 4 - layer_bits;
    header->sample_rate_hz = rates[rate_index] >> (is_mpeg1 ? 0 : version == 2 ? 1 : 2);
    header->channels = bytes[3] >> 6 == 3 ? 1 : 2;
    header->frame_samples = header->layer == 1 ? 384 : header->layer == 3 && !is_mpeg1 ? 576 : 1152;
    int32_t slot = header->layer == 1 ? 4 : 1;
    int32_t slots = header->frame_samples / 8 / slot * bitrate(is_mpeg1, header->layer, bitrate_index) / header->sample_rate_hz;
    header->frame_bytes = bitrate_index == 0 ? 0 : (slots + (bytes[2] >> 1 & 1)) * slot;
    return 1;
}

/* The tag lies where layer III's main data would start. */
static void read_tag(struct byte_stream *stream, const uint8_t *frame, struct mp3_header *header)
{
    int is_mpeg1 = (frame[1] >> 3 & 3) == 3;
    int side_bytes = is_mpeg1 ? (header->channels == 1 ? 17 : 32) : header->channels == 1 ? 9 : 17;
    uint8_t tag[160];
    int64_t got = apl_byte_stream_peek(stream, header->offset + 4 + side_bytes, tag, sizeof tag);
    if (header->layer != 3 || got < (int64_t)sizeof tag || (memcmp(tag, "Xing", 4) != 0 && memcmp(tag, "Info", 4) != 0)) {
        return;
    }
    uint32_t flags = apl_big_u32(tag + 4);
    const uint8_t *next = tag + 8;
    if (flags & 1) {
        header->tag_frames = apl_big_u32(next);
        next += 4;
    }
    if (flags & 2) {
        header->tag_bytes = apl_big_u32(next);
        next += 4;
    }
    next += ((flags & 4) ? 100 : 0) + ((flags & 8) ? 4 : 0); /* seek table, quality */
    if (next[0] != 0) { /* the encoder's name, nine bytes; delay and padding stand 21 bytes after its start */
        header->encoder_delay = next[21] << 4 | next[22] >> 4;
        header->encoder_padding = (next[22] & 15) << 8 | next[23];
    }
}

/* A frame at offset with one of its kind behind it. One alone is believed at the end of the file, and where its length is not known. */
static int read_frames(struct byte_stream *stream, int64_t offset, struct mp3_header *header)
{
    uint8_t bytes[4];
    struct mp3_header next;
    if (apl_byte_stream_peek(stream, offset, bytes, 4) < 4 || !read_frame(bytes, header)) {
        return 0;
    }
    header->offset = offset;
    if (header->frame_bytes == 0 || apl_byte_stream_peek(stream, offset + header->frame_bytes, bytes, 4) < 4) {
        header->is_sure = 0;
        return 1;
    }
    header->is_sure = read_frame(bytes, &next) && next.layer == header->layer && next.sample_rate_hz == header->sample_rate_hz;
    return header->is_sure;
}

/* Behind a tag that is longer than it says. */
static int search_frames(struct byte_stream *stream, struct mp3_header *header)
{
    uint8_t block[4096];
    int64_t start = header->offset;
    for (int64_t at = start; at < start + MAX_JUNK_BYTES; at += (int64_t)sizeof block) {
        int64_t got = apl_byte_stream_peek(stream, at, block, sizeof block);
        for (int64_t i = 0; i < got; i++) {
            if (block[i] == 0xFF && read_frames(stream, at + i, header) && header->is_sure) {
                return 1;
            }
        }
    }
    header->offset = start;
    return 0;
}

int apl_mp3_header_read(struct byte_stream *stream, int64_t offset, struct mp3_header *header)
{
    memset(header, 0, sizeof *header);
    header->encoder_delay = -1;
    header->encoder_padding = -1;
    header->offset = skip_id3(stream, offset);
    if (!read_frames(stream, header->offset, header) && (header->offset == offset || !search_frames(stream, header))) {
        return 0;
    }
    uint8_t frame[4];
    apl_byte_stream_peek(stream, header->offset, frame, 4);
    read_tag(stream, frame, header);
    return 1;
}

int64_t apl_mp3_declared_samples(const struct mp3_header *header)
{
    if (header->tag_frames == 0) {
        return -1;
    }
    int64_t samples = header->tag_frames * header->frame_samples;
    int64_t around = header->encoder_delay >= 0 ? header->encoder_delay + header->encoder_padding : 0;
    return samples > around ? samples - around : 0;
}
