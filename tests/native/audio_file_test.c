/* Formats that must come out right: exact integers, floats as they are, channels, resampling. */
#include "bytes.h"
#include "recording.h"
#include "signals.h"
#include "test.h"

#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

/* ---- samples ---- */

static void sixteen_bit_is_value_over_32768(void)
{
    int16_t *values = malloc(65536 * sizeof *values);
    for (int i = 0; i < 65536; i++) {
        values[i] = (int16_t)(i - 32768);
    }
    struct bytes wav = bytes_wav(values, 65536, 1, 16000);
    struct recording recording = recording_decode(bytes_write(&wav, "ramp.wav"));
    CHECK_INT(65536, recording.count);
    for (int i = 0; i < 65536; i++) {
        CHECK(recording.samples[i] == (float)(i - 32768) / 32768.0f);
    }
    CHECK_INT(65536, recording.statistics.source_frames);
    CHECK_INT(65536, recording.info.declared_frames);
    CHECK_INT(-1, recording.statistics.channel_used);
    free(values);
    free(recording.samples);
}

/* Raw WAV encodings: what each code is worth, by hand. */
static void wav_encodings_are_exact(void)
{
    static const struct {
        uint32_t encoding, bits;
        uint8_t data[8];
        int count;
        float expected[2];
    } rows[] = {
        {1, 8, {0, 192}, 2, {-1.0f, 0.5f}},
        {1, 24, {0, 0, 0x80, 0, 0, 0x40}, 2, {-1.0f, 0.5f}},
        {1, 32, {0, 0, 0, 0x80, 0, 0, 0, 0x40}, 2, {-1.0f, 0.5f}},
        {3, 32, {0, 0, 0x20, 0xC1, 0, 0, 0, 0x3F}, 2, {-10.0f, 0.5f}},
        {3, 64, {0, 0, 0, 0, 0, 0, 0x24, 0x40}, 1, {10.0f}},
        {6, 8, {0xD5, 0x2A}, 2, {8.0f / 32768, -32256.0f / 32768}},
        {7, 8, {0xFF, 0x00}, 2, {0, -32124.0f / 32768}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t data_bytes = (uint32_t)rows[i].count * rows[i].bits / 8;
        struct wav_header header = {rows[i].encoding, 1, 16000, rows[i].bits, data_bytes};
        struct bytes wav = {0};
        bytes_wav_header(&wav, &header);
        bytes_put(&wav, rows[i].data, data_bytes);
        struct recording recording = recording_decode(bytes_write(&wav, "encoding.wav"));
        recording_check(&recording, rows[i].expected, rows[i].count);
        free(recording.samples);
    }
}

static void big_endian_and_extensible_wav(void)
{
    struct bytes wav = {0};
    bytes_text(&wav, "RIFX");
    bytes_big_u32(&wav, 40);
    bytes_text(&wav, "WAVEfmt ");
    bytes_big_u32(&wav, 16);
    bytes_big_u16(&wav, 1), bytes_big_u16(&wav, 1), bytes_big_u32(&wav, 16000), bytes_big_u32(&wav, 32000);
    bytes_big_u16(&wav, 2), bytes_big_u16(&wav, 16);
    bytes_text(&wav, "data");
    bytes_big_u32(&wav, 4);
    bytes_big_u16(&wav, 0x4000), bytes_big_u16(&wav, 0x8000);
    struct recording recording = recording_decode(bytes_write(&wav, "big.wav"));
    recording_check(&recording, (float[]){0.5f, -1.0f}, 2);
    free(recording.samples);

    bytes_text(&wav, "RIFF");
    bytes_u32(&wav, 64);
    bytes_text(&wav, "WAVEfmt ");
    bytes_u32(&wav, 40);
    bytes_u16(&wav, 0xFFFE), bytes_u16(&wav, 1), bytes_u32(&wav, 16000), bytes_u32(&wav, 64000);
    bytes_u16(&wav, 4), bytes_u16(&wav, 32), bytes_u16(&wav, 22), bytes_u16(&wav, 32), bytes_u32(&wav, 4);
    bytes_put(&wav, "\x03\0\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71", 16);
    bytes_text(&wav, "data");
    bytes_u32(&wav, 4);
    bytes_u32(&wav, 0x3E800000);
    recording = recording_decode(bytes_write(&wav, "extensible.wav"));
    recording_check(&recording, (float[]){0.25f}, 1);
    free(recording.samples);
}

/* libsndfile's own writers; lossless ones give back the 16-bit values. */
static void lossless_containers_are_exact(void)
{
    static const int formats[] = {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_PCM_16,
                                  SF_FORMAT_CAF | SF_FORMAT_PCM_16,  SF_FORMAT_W64 | SF_FORMAT_PCM_16,  SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
                                  SF_FORMAT_FLAC | SF_FORMAT_PCM_24, SF_FORMAT_CAF | SF_FORMAT_ALAC_16, SF_FORMAT_WAV | SF_FORMAT_FLOAT};
    enum { COUNT = 10000 };
    float *noise = signal_noise(COUNT, 0.9f);
    for (int i = 0; i < COUNT; i++) {
        noise[i] = floorf(noise[i] * 32767.0f) / 32768.0f;
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct recording recording = recording_decode(sound_write("lossless", formats[i], noise, COUNT, 1, 16000));
        recording_check(&recording, noise, COUNT);
        CHECK_INT(COUNT, recording.info.declared_frames);
        CHECK_INT(0, recording.statistics.declared_shortfall_frames);
        free(recording.samples);
    }
    free(noise);
}

static void any_read_length_gives_the_same_samples(void)
{
    static const int64_t blocks[] = {1, 160, 4095, 4096, 4097, 100000};
    float *noise = signal_noise(60000, 0.9f);
    const char *path = sound_write("stereo.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, noise, 30000, 2, 44100);
    struct recording whole = recording_decode(path);
    CHECK_INT((30000 * 160 + 220) / 441, whole.count);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct recording parts = recording_read(recording_open(test_scratch("stereo.wav"), -1, APL_OK), blocks[i]);
        recording_check(&parts, whole.samples, whole.count);
        free(parts.samples);
    }
    free(noise), free(whole.samples);
}

/* ---- channels ---- */

static void channels_are_mixed_or_picked(void)
{
    static const int16_t six[] = {600, 0, 0, 0, 0, 1200, 0, 6000, 0, 0, 0, 0};
    struct bytes wav = bytes_wav(six, 12, 6, 16000);
    const char *path = bytes_write(&wav, "six.wav");
    struct recording mixed = recording_read(recording_open(path, -1, APL_OK), 100);
    CHECK_NEAR(300.0 / 32768, mixed.samples[0], 1e-8);
    CHECK_NEAR(1000.0 / 32768, mixed.samples[1], 1e-8);
    CHECK_INT(0, mixed.statistics.cancelled_channels);
    struct recording picked = recording_read(recording_open(path, 1, APL_OK), 100);
    recording_check(&picked, (float[]){0, 6000.0f / 32768}, 2);
    CHECK_INT(1, picked.statistics.channel_used);
    recording_open(path, 6, APL_CHANNEL_ABSENT);
    free(mixed.samples), free(picked.samples);
}

/* The second channel is the first one turned over and scaled. The mean is 20 dB down at a scale of 0.8. */
static struct recording decode_inverted(float scale, int silent_seconds)
{
    int64_t silent = (int64_t)silent_seconds * 8000, count = silent + 24000;
    float *noise = signal_noise(count, 0.5f), *stereo = calloc((size_t)count * 2, sizeof *stereo);
    for (int64_t i = silent; i < count; i++) {
        stereo[2 * i] = noise[i] * scale;
        stereo[2 * i + 1] = -noise[i];
    }
    struct recording recording =
        recording_decode(sound_write("inverted.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, stereo, count, 2, 8000));
    free(noise), free(stereo);
    return recording;
}

static void cancelling_channels_give_way_to_the_louder(void)
{
    struct recording recording = decode_inverted(0.85f, 0);
    CHECK_INT(1, recording.statistics.cancelled_channels);
    CHECK_INT(1, recording.statistics.channel_used);
    CHECK_INT(24000, recording.statistics.source_frames); /* the scan does not count */
    free(recording.samples);

    recording = decode_inverted(0.75f, 0);
    CHECK_INT(0, recording.statistics.cancelled_channels);
    CHECK_INT(-1, recording.statistics.channel_used);
    free(recording.samples);

    recording = decode_inverted(1.0f, 100); /* found after a long silence too */
    CHECK_INT(1, recording.statistics.cancelled_channels);
    free(recording.samples);
}

static void silent_stereo_is_mixed(void)
{
    float *silence = calloc(20000, sizeof *silence);
    struct recording recording =
        recording_decode(sound_write("silent.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, silence, 10000, 2, 16000));
    CHECK_INT(0, recording.statistics.cancelled_channels);
    CHECK_INT(10000, recording.count);
    free(silence), free(recording.samples);
}

/* ---- resampling ---- */

/* Difference from the ideal sine in dB below full scale, the first and last 50 ms left out. */
static double resampling_error(double hz, int rate_hz, double level)
{
    float *tone = signal_sine(2 * rate_hz, hz, rate_hz, level), *ideal = signal_sine(32000, hz, 16000, level);
    struct recording recording = recording_decode(sound_write("tone.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, tone, 2 * rate_hz, 1, rate_hz));
    CHECK(recording.count >= 31999 && recording.count <= 32001);
    double error = 0;
    for (int i = 800; i < 31200; i++) {
        double expected = hz < 8000 ? ideal[i] : 0;
        error += (recording.samples[i] - expected) * (recording.samples[i] - expected);
    }
    free(tone), free(ideal), free(recording.samples);
    return 10 * log10(error / 30400 + 1e-20);
}

static void resampling_keeps_the_band_and_nothing_else(void)
{
    static const int rates[] = {8000, 11025, 22050, 32000, 44100, 48000, 96000};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        CHECK(resampling_error(440, rates[i], 0.7) < -100);
        CHECK(resampling_error(3300, rates[i], 0.7) < -100);
        CHECK(rates[i] < 16000 || resampling_error(7000, rates[i], 0.7) < -60); /* roll-off, 0.01 dB */
        CHECK(rates[i] < 32000 || resampling_error(9200, rates[i], 0.7) < -100); /* would fold to 6800 Hz */
    }
}

static void extreme_rates_are_resampled(void)
{
    static const int rates[] = {1000, 1001, 15999, 16001, 192000, 768000};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        float *tone = signal_sine(rates[i], 200, rates[i], 0.5);
        struct recording recording = recording_decode(sound_write("rate.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, tone, rates[i], 1, rates[i]));
        CHECK(recording.count >= 15990 && recording.count <= 16010);
        free(tone), free(recording.samples);
    }
}

static const struct test_case cases[] = {
    {"sixteen_bit_is_value_over_32768", sixteen_bit_is_value_over_32768},
    {"wav_encodings_are_exact", wav_encodings_are_exact},
    {"big_endian_and_extensible_wav_are_read", big_endian_and_extensible_wav},
    {"lossless_containers_are_exact", lossless_containers_are_exact},
    {"any_read_length_gives_the_same_samples", any_read_length_gives_the_same_samples},
    {"channels_are_mixed_or_picked", channels_are_mixed_or_picked},
    {"cancelling_channels_give_way_to_the_louder", cancelling_channels_give_way_to_the_louder},
    {"silent_stereo_is_mixed", silent_stereo_is_mixed},
    {"resampling_keeps_the_band_and_nothing_else", resampling_keeps_the_band_and_nothing_else},
    {"extreme_rates_are_resampled", extreme_rates_are_resampled},
};

TEST_MAIN(cases)
