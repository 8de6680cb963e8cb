/* Small files of each format with random damage: nothing may crash, hang or grow. Seeds are fixed; APL_MUTATIONS sets how many. */
#include "bytes.h"
#include "recording.h"
#include "signals.h"
#include "test.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES (64LL << 20)
#define MAX_SECONDS 10

static int mutation_count(void)
{
    const char *count = getenv("APL_MUTATIONS");
    return count != NULL ? atoi(count) : 200;
}

static void mutate(struct bytes *bytes, uint32_t *state)
{
    uint32_t changes = signal_random(state) % 8 + 1;
    for (uint32_t i = 0; i < changes && bytes->count > 0; i++) {
        size_t reach = signal_random(state) % 2 ? bytes->count : bytes->count < 128 ? bytes->count : 128; /* headers more often */
        size_t at = signal_random(state) % reach;
        switch (signal_random(state) % 5) {
        case 0:
            bytes->data[at] ^= (uint8_t)(1u << signal_random(state) % 8);
            break;
        case 1:
            bytes->data[at] = (uint8_t)signal_random(state);
            break;
        case 2: /* a size at its extremes */
            memset(bytes->data + at, signal_random(state) % 2 ? 0xFF : 0, bytes->count - at < 4 ? bytes->count - at : 4);
            break;
        case 3:
            bytes->count = at + 1;
            break;
        default: { /* a piece from elsewhere */
            size_t from = signal_random(state) % bytes->count;
            size_t longest = bytes->count - (from > at ? from : at);
            memmove(bytes->data + at, bytes->data + from, longest < 64 ? longest : 64);
        }
        }
    }
}

/* Any status is fine; what was opened is read for at most 20 s of sound. */
static void read_any(const char *path)
{
    static float samples[16000];
    apl_audio_file_config config = {sizeof config, -1};
    apl_audio_file *file = NULL;
    struct test_usage before = test_usage_start();
    if (apl_audio_file_open(path, &config, &file) == APL_OK) {
        int64_t count = 1;
        for (int second = 0; second < 20 && count > 0; second++) {
            count = 0;
            apl_audio_file_read(file, samples, 16000, &count);
            for (int64_t i = 0; i < count; i++) {
                CHECK(isfinite(samples[i]));
            }
        }
        apl_audio_file_close(file);
    }
    struct test_usage used = test_usage_since(before);
    CHECK(used.seconds < MAX_SECONDS);
    CHECK(used.peak_bytes < MAX_BYTES);
}

static void mutate_and_read(struct bytes original)
{
    struct bytes copy = {0};
    int count = mutation_count();
    for (int i = 0; i < count; i++) {
        uint32_t state = (uint32_t)i * 2654435761u + 1;
        copy.count = 0;
        bytes_put(&copy, original.data, original.count);
        mutate(&copy, &state);
        struct bytes once = {0};
        bytes_put(&once, copy.data, copy.count);
        read_any(bytes_write(&once, "mutation"));
    }
    free(copy.data);
    free(original.data);
}

static void mutate_format(int format)
{
    float *noise = signal_noise(9000, 0.5f);
    struct bytes bytes = bytes_read(sound_write("original", format, noise, 4500, 2, 48000));
    free(noise);
    mutate_and_read(bytes);
}

#define FORMAT_CASE(name, format) \
    static void name(void) \
    { \
        mutate_format(format); \
    }

FORMAT_CASE(wav, SF_FORMAT_WAV | SF_FORMAT_PCM_16)
FORMAT_CASE(wav_adpcm, SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM)
FORMAT_CASE(wav_float, SF_FORMAT_WAVEX | SF_FORMAT_FLOAT)
FORMAT_CASE(rf64, SF_FORMAT_RF64 | SF_FORMAT_PCM_24)
FORMAT_CASE(w64, SF_FORMAT_W64 | SF_FORMAT_PCM_16)
FORMAT_CASE(aiff, SF_FORMAT_AIFF | SF_FORMAT_PCM_16)
FORMAT_CASE(aiff_float, SF_FORMAT_AIFF | SF_FORMAT_FLOAT)
FORMAT_CASE(au, SF_FORMAT_AU | SF_FORMAT_ULAW)
FORMAT_CASE(caf, SF_FORMAT_CAF | SF_FORMAT_PCM_16)
FORMAT_CASE(caf_alac, SF_FORMAT_CAF | SF_FORMAT_ALAC_16)
FORMAT_CASE(flac, SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
FORMAT_CASE(ogg_vorbis, SF_FORMAT_OGG | SF_FORMAT_VORBIS)
FORMAT_CASE(ogg_opus, SF_FORMAT_OGG | SF_FORMAT_OPUS)

static void mp3(void)
{
    struct bytes bytes = bytes_read(test_shared("corpus/audio/codec-mp3-cbr32-16k-lj19.mp3"));
    bytes.count = 6000;
    mutate_and_read(bytes);
}

static void wav_gsm(void)
{
    mutate_and_read(bytes_read(test_shared("corpus/audio/codec-wav-gsm-lj19.wav")));
}

static const struct test_case cases[] = {
    {"mutated_wav", wav},          {"mutated_wav_adpcm", wav_adpcm},   {"mutated_wav_float", wav_float}, {"mutated_rf64", rf64},
    {"mutated_w64", w64},          {"mutated_aiff", aiff},             {"mutated_aiff_float", aiff_float}, {"mutated_au", au},
    {"mutated_caf", caf},          {"mutated_caf_alac", caf_alac},     {"mutated_flac", flac},           {"mutated_ogg_vorbis", ogg_vorbis},
    {"mutated_ogg_opus", ogg_opus}, {"mutated_mp3", mp3},              {"mutated_wav_gsm", wav_gsm},
};

TEST_MAIN(cases)
