/* One sentence in many formats (shared/corpus): each gives the sentence, or is refused by its status. */
#include "recording.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SENTENCE 102653 /* samples at 16 kHz */

/* Correlation of b with a shifted by lag samples. */
static double correlation(const struct recording *a, const struct recording *b, int lag)
{
    double ab = 0, aa = 1e-12, bb = 1e-12;
    for (int64_t i = 2000; i < SENTENCE - 2000; i++) {
        double x = a->samples[i], y = b->samples[i + lag];
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return fabs(ab) / sqrt(aa * bb);
}

/* The best over the few milliseconds by which codecs and encoders shift. */
static double likeness(const struct recording *a, const struct recording *b)
{
    double best = 0;
    for (int lag = -200; lag <= 400; lag += lag > -20 && lag < 20 ? 1 : 20) {
        best = fmax(best, correlation(a, b, lag));
    }
    return best;
}

static void every_readable_format_gives_the_sentence(void)
{
    static const struct {
        const char *name;
        double likeness;
    } rows[] = {
        {"aiff-s16-lj19.aiff", 0.997},        {"au-mulaw-lj19.au", 0.95},          {"caf-lj19.caf", 0.997},
        {"flac-24bit-96k-lj19.flac", 0.997},  {"flac-44k-stereo-lj19.flac", 0.997}, {"ogg-opus-16k-lj19.opus", 0.9},
        {"ogg-vorbis-lj19.ogg", 0.99},        {"wav-11k-lj19.wav", 0.95},          {"wav-6ch-48k-lj19.wav", 0.997},
        {"wav-alaw-8k-lj19.wav", 0.95},       {"wav-antiphase-stereo-lj19.wav", 0.9999}, {"wav-f32-16k-lj19.wav", 0.997},
        {"wav-f64-22k-lj19.wav", 0.997},      {"wav-gsm-lj19.wav", 0.9},           {"wav-ima-adpcm-lj19.wav", 0.99},
        {"wav-left-only-stereo-lj19.wav", 0.9999}, {"wav-ms-adpcm-lj19.wav", 0.99}, {"wav-mulaw-8k-lj19.wav", 0.95},
        {"wav-odd-chunks-lj19.wav", 0.9999},  {"wav-rf64-lj19.wav", 0.997},        {"wav-s16-44k-stereo-lj19.wav", 0.997},
        {"wav-s16-8k-lj19.wav", 0.95},        {"wav-s24-48k-stereo-lj19.wav", 0.997}, {"wav-s32-16k-lj19.wav", 0.997},
        {"wav-stream-header-lj19.wav", 0.9999}, {"wav-u8-16k-lj19.wav", 0.99},     {"mp3-cbr32-16k-lj19.mp3", 0.95},
        {"mp3-vbr-44k-stereo-id3-lj19.mp3", 0.99},
    };
    struct recording plain = recording_decode(test_shared("corpus/audio/codec-wav-odd-chunks-lj19.wav"));
    CHECK_INT(SENTENCE, plain.count);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "corpus/audio/codec-%s", rows[i].name);
        struct recording other = recording_decode(test_shared(path));
        CHECK(other.count >= SENTENCE - 2 && other.count < SENTENCE + 1500);
        double found = likeness(&plain, &other);
        if (found < rows[i].likeness) {
            test_fail(__FILE__, __LINE__, "%s has a likeness of %.4f, less than %.4f", rows[i].name, found, rows[i].likeness);
        }
        free(other.samples);
    }
    free(plain.samples);
}

static void formats_for_ffmpeg_are_refused(void)
{
    static const char *const names[] = {"aac-adts-lj19.aac", "m4a-aac-lj19.m4a", "m4a-alac-lj19.m4a",
                                        "mp4-video-lj19.mp4", "webm-opus-lj19.webm", "wma-lj19.wma"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "corpus/audio/codec-%s", names[i]);
        recording_open(test_shared(path), -1, APL_FORMAT_UNKNOWN);
    }
}

static const struct test_case cases[] = {
    {"every_readable_format_gives_the_sentence", every_readable_format_gives_the_sentence},
    {"formats_for_ffmpeg_are_refused", formats_for_ffmpeg_are_refused},
};

TEST_MAIN(cases)
