#include "audio_header.h"

#include <string.h>

uint32_t apl_big_u16(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

uint32_t apl_big_u32(const uint8_t *bytes)
{
    return apl_big_u16(bytes) << 16 | apl_big_u16(bytes + 2);
}

uint64_t apl_big_u64(const uint8_t *bytes)
{
    return (uint64_t)apl_big_u32(bytes) << 32 | apl_big_u32(bytes + 4);
}

/* Whether one of the containers that libsndfile finds behind an ID3 tag stands there. */
static int is_container(const uint8_t *bytes)
{
    static const char marks[][5] = {"fLaC", "OggS", "RIFF", "RIFX", "RF64", "FORM", ".snd", "caff"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (memcmp(bytes, marks[i], 4) == 0) {
            return 1;
        }
    }
    return 0;
}

static void read_mpeg(struct byte_stream *stream, struct audio_header *header)
{
    uint8_t bytes[4] = {0};
    header->is_mp3 = apl_mp3_header_read(stream, 0, &header->mp3);
    apl_byte_stream_peek(stream, header->mp3.offset, bytes, sizeof bytes);
    int is_tagged = header->mp3.offset > 0, has_sync = bytes[0] == 0xFF && bytes[1] >= 0xE0;
    header->is_other_mpeg = !header->is_mp3 && (has_sync || (is_tagged && !is_container(bytes)));
}

void apl_audio_header_read(struct byte_stream *stream, struct audio_header *header)
{
    memset(header, 0, sizeof *header);
    header->channels = APL_UNKNOWN;
    header->sample_rate_hz = APL_UNKNOWN;
    header->declared_frames = APL_UNKNOWN;
    header->data_bytes = APL_UNKNOWN;
    if (apl_wav_header_read(stream, header)) {
        header->is_mp3 = header->is_mp3 && apl_mp3_header_read(stream, header->data_offset, &header->mp3);
    } else if (!apl_aiff_header_read(stream, header) && !apl_au_header_read(stream, header) && !apl_caf_header_read(stream, header) &&
               !apl_flac_header_read(stream, header)) {
        read_mpeg(stream, header);
    }
    if (header->is_mp3) {
        header->declared_frames = apl_mp3_declared_samples(&header->mp3);
    }
}
