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

void apl_audio_header_read(struct byte_stream *stream, struct audio_header *header)
{
    memset(header, 0, sizeof *header);
    header->channels = APL_UNKNOWN;
    header->sample_rate_hz = APL_UNKNOWN;
    header->declared_frames = APL_UNKNOWN;
    header->data_bytes = APL_UNKNOWN;
    if (!apl_wav_header_read(stream, header) && !apl_aiff_header_read(stream, header) && !apl_au_header_read(stream, header)) {
        apl_caf_header_read(stream, header);
    }
}
