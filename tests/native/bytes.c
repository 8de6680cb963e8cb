#include "bytes.h"

#include "test.h"

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bytes_put(struct bytes *bytes, const void *data, size_t count)
{
    if (bytes->count + count > bytes->room) {
        bytes->room = (bytes->count + count) * 2;
        bytes->data = realloc(bytes->data, bytes->room);
    }
    if (count > 0) {
        memcpy(bytes->data + bytes->count, data, count);
    }
    bytes->count += count;
}

void bytes_text(struct bytes *bytes, const char *text)
{
    bytes_put(bytes, text, strlen(text));
}

void bytes_zeros(struct bytes *bytes, size_t count)
{
    void *zeros = calloc(count + 1, 1);
    bytes_put(bytes, zeros, count);
    free(zeros);
}

static void put_little(struct bytes *bytes, uint64_t value, int count)
{
    for (int i = 0; i < count; i++) {
        bytes_put(bytes, &(uint8_t){(uint8_t)(value >> (8 * i))}, 1);
    }
}

static void put_big(struct bytes *bytes, uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        bytes_put(bytes, &(uint8_t){(uint8_t)(value >> (8 * i))}, 1);
    }
}

void bytes_u16(struct bytes *bytes, uint32_t value)
{
    put_little(bytes, value, 2);
}

void bytes_u32(struct bytes *bytes, uint32_t value)
{
    put_little(bytes, value, 4);
}

void bytes_u64(struct bytes *bytes, uint64_t value)
{
    put_little(bytes, value, 8);
}

void bytes_big_u16(struct bytes *bytes, uint32_t value)
{
    put_big(bytes, value, 2);
}

void bytes_big_u32(struct bytes *bytes, uint32_t value)
{
    put_big(bytes, value, 4);
}

void bytes_big_u64(struct bytes *bytes, uint64_t value)
{
    put_big(bytes, value, 8);
}

struct bytes bytes_read(const char *path)
{
    struct bytes bytes = {0};
    uint8_t block[65536];
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    for (size_t got = fread(block, 1, sizeof block, file); got > 0; got = fread(block, 1, sizeof block, file)) {
        bytes_put(&bytes, block, got);
    }
    fclose(file);
    return bytes;
}

const char *bytes_write(struct bytes *bytes, const char *name)
{
    const char *path = test_scratch(name);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    CHECK(bytes->count == 0 || fwrite(bytes->data, 1, bytes->count, file) == bytes->count);
    fclose(file);
    free(bytes->data);
    *bytes = (struct bytes){0};
    return path;
}

void bytes_wav_header(struct bytes *bytes, const struct wav_header *header)
{
    uint32_t block = header->channels * header->bits / 8;
    bytes_text(bytes, "RIFF");
    bytes_u32(bytes, header->data_bytes < UINT32_MAX - 36 ? header->data_bytes + 36 : UINT32_MAX);
    bytes_text(bytes, "WAVEfmt ");
    bytes_u32(bytes, 16);
    bytes_u16(bytes, header->encoding != 0 ? header->encoding : 1);
    bytes_u16(bytes, header->channels);
    bytes_u32(bytes, header->rate_hz);
    bytes_u32(bytes, header->rate_hz * block);
    bytes_u16(bytes, block);
    bytes_u16(bytes, header->bits);
    bytes_text(bytes, "data");
    bytes_u32(bytes, header->data_bytes);
}

struct bytes bytes_wav(const int16_t *interleaved, size_t count, uint32_t channels, uint32_t rate_hz)
{
    struct bytes bytes = {0};
    struct wav_header header = {.channels = channels, .rate_hz = rate_hz, .bits = 16, .data_bytes = (uint32_t)count * 2};
    bytes_wav_header(&bytes, &header);
    bytes_put(&bytes, interleaved, count * sizeof *interleaved);
    return bytes;
}

/* libsndfile scales floats by 32767 for 16 bits; whole numbers it takes as they are. */
static int64_t write_block(SNDFILE *file, int format, const float *interleaved, int64_t frames, int channels)
{
    int encoding = format & SF_FORMAT_SUBMASK;
    if (encoding == SF_FORMAT_FLOAT || encoding == SF_FORMAT_DOUBLE || encoding == SF_FORMAT_VORBIS || encoding == SF_FORMAT_OPUS) {
        return sf_writef_float(file, interleaved, frames);
    }
    static int whole[4096 * 8];
    for (int64_t i = 0; i < frames * channels; i++) {
        double value = (double)interleaved[i] * 2147483648.0;
        whole[i] = value >= INT32_MAX ? INT32_MAX : value <= INT32_MIN ? INT32_MIN : (int)value;
    }
    return sf_writef_int(file, whole, frames);
}

const char *sound_write(const char *name, int format, const float *interleaved, int64_t frames, int channels, int rate_hz)
{
    const char *path = test_scratch(name);
    SF_INFO info = {.format = format, .channels = channels, .samplerate = rate_hz};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    if (file == NULL) {
        test_skip("this libsndfile does not write format 0x%x: %s", (unsigned)format, sf_strerror(NULL));
    }
    for (int64_t done = 0; done < frames; done += 4096) { /* Vorbis overflows its stack on long writes */
        int64_t count = frames - done < 4096 ? frames - done : 4096;
        CHECK_INT(count, write_block(file, format, interleaved + done * channels, count, channels));
    }
    sf_close(file);
    return path;
}
