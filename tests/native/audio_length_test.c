/* Pipes, and files that hold more than their header says: what is there is decoded, to its end. */
#include "bytes.h"
#include "recording.h"
#include "signals.h"
#include "test.h"

#include <pthread.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- pipes ---- */

struct pipe_writer {
    const char *path;
    struct bytes bytes;
};

static void *write_pipe(void *argument)
{
    struct pipe_writer *writer = argument;
    FILE *pipe = fopen(writer->path, "wb");
    fwrite(writer->bytes.data, 1, writer->bytes.count, pipe);
    fclose(pipe);
    return NULL;
}

/* Opens a FIFO that bytes are written into; frees them. */
static struct recording decode_pipe(struct bytes bytes)
{
    char path[512];
    pthread_t thread;
    snprintf(path, sizeof path, "%s", test_scratch("pipe"));
    remove(path);
    CHECK_INT(0, mkfifo(path, 0600));
    struct pipe_writer writer = {path, bytes};
    pthread_create(&thread, NULL, write_pipe, &writer);
    struct recording recording = recording_decode(path);
    pthread_join(thread, NULL);
    free(bytes.data);
    CHECK_INT(1, recording.info.is_pipe);
    return recording;
}

static struct bytes streaming_wav(const float *samples, int count, uint32_t channels, uint32_t data_bytes)
{
    struct wav_header header = {3, channels, 16000, 32, data_bytes};
    struct bytes wav = {0};
    bytes_wav_header(&wav, &header);
    bytes_put(&wav, samples, (size_t)count * sizeof *samples);
    return wav;
}

static void pipe_with_unknown_length_is_read_to_its_end(void)
{
    float *noise = signal_noise(200000, 0.9f);
    static const uint32_t sizes[] = {UINT32_MAX, 0x7FFFFFFF, 0};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct recording recording = decode_pipe(streaming_wav(noise, 200000, 1, sizes[i]));
        recording_check(&recording, noise, 200000);
        CHECK_INT(-1, recording.info.declared_frames);
        free(recording.samples);
    }
    free(noise);
}

static void pipe_with_a_length_ends_there(void)
{
    float *noise = signal_noise(5000, 0.9f);
    struct bytes wav = streaming_wav(noise, 5000, 1, 20000);
    bytes_text(&wav, "LIST");
    bytes_u32(&wav, 400);
    bytes_zeros(&wav, 400);
    struct recording recording = decode_pipe(wav);
    recording_check(&recording, noise, 5000);
    free(noise), free(recording.samples);
}

static void pipe_of_inverted_channels_is_judged_by_its_start(void)
{
    enum { FRAMES = 700000 }; /* longer than what is read ahead */
    float *noise = signal_noise(FRAMES, 0.5f), *stereo = malloc(2 * FRAMES * sizeof *stereo);
    for (int i = 0; i < FRAMES; i++) {
        stereo[2 * i] = noise[i];
        stereo[2 * i + 1] = -noise[i];
    }
    struct recording recording = decode_pipe(streaming_wav(stereo, 2 * FRAMES, 2, UINT32_MAX));
    recording_check(&recording, noise, FRAMES);
    CHECK_INT(1, recording.statistics.cancelled_channels);
    CHECK_INT(FRAMES, recording.statistics.source_frames);
    free(noise), free(stereo), free(recording.samples);
}

/* ---- lengths that are more than the header says ---- */

static void wav_of_a_recorder_that_died_is_read_to_its_end(void)
{
    float *noise = signal_noise(30000, 0.9f);
    static const uint32_t sizes[] = {0, 4000}; /* never written, and last written long before */
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct bytes wav = streaming_wav(noise, 30000, 1, sizes[i]);
        struct recording recording = recording_decode(bytes_write(&wav, "died.wav"));
        recording_check(&recording, noise, 30000);
        CHECK_INT(-1, recording.info.declared_frames);
        free(recording.samples);
    }
    free(noise);
}

static void what_follows_the_sound_of_a_wav_is_left_out(void)
{
    float *noise = signal_noise(30001, 0.9f);
    for (int kind = 0; kind < 3; kind++) {
        struct bytes wav = streaming_wav(noise, 30000, 1, 120000);
        bytes_text(&wav, kind == 0 ? "LIST" : kind == 1 ? "TAG" : "");
        bytes_u32(&wav, kind == 0 ? 9000 : 0);
        bytes_zeros(&wav, kind == 0 ? 9000 : 121);
        struct recording recording = recording_decode(bytes_write(&wav, "trailer.wav"));
        recording_check(&recording, noise, 30000);
        CHECK_INT(30000, recording.info.declared_frames);
        free(recording.samples);
    }
    free(noise);
}

static void pipe_of_flac_is_decoded(void)
{
    float *noise = signal_noise(50000, 0.9f);
    struct bytes flac = bytes_read(sound_write("pipe.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, noise, 50000, 1, 16000));
    struct recording recording = decode_pipe(flac);
    CHECK_INT(50000, recording.count);
    CHECK_NEAR(noise[49999], recording.samples[49999], 1e-6);
    free(noise), free(recording.samples);
}

static void flac_files_joined_end_to_end_are_decoded_to_the_last(void)
{
    float *noise = signal_noise(20000, 0.9f);
    struct bytes flac = bytes_read(sound_write("joined.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, noise, 20000, 1, 16000));
    struct bytes joined = {0};
    bytes_put(&joined, flac.data, flac.count);
    bytes_put(&joined, flac.data, flac.count);
    struct recording recording = recording_decode(bytes_write(&joined, "joined.flac"));
    CHECK_INT(40000, recording.count);
    CHECK(memcmp(recording.samples, recording.samples + 20000, 20000 * sizeof *recording.samples) == 0);
    free(noise), free(flac.data), free(recording.samples);
}

static void flac_that_says_less_is_read_to_its_end(void)
{
    float *noise = signal_noise(50000, 0.9f);
    struct bytes flac = bytes_read(sound_write("less.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, noise, 50000, 1, 16000));
    flac.data[24] = 1, flac.data[25] = 0; /* 256 samples */
    flac.data[23] = 0;
    struct recording recording = recording_decode(bytes_write(&flac, "less.flac"));
    CHECK_INT(50000, recording.count);
    CHECK_INT(256, recording.info.declared_frames);
    free(noise), free(recording.samples);
}

static const struct test_case cases[] = {
    {"pipe_with_unknown_length_is_read_to_its_end", pipe_with_unknown_length_is_read_to_its_end},
    {"pipe_with_a_length_ends_there", pipe_with_a_length_ends_there},
    {"pipe_of_inverted_channels_is_judged_by_its_start", pipe_of_inverted_channels_is_judged_by_its_start},
    {"pipe_of_flac_is_decoded", pipe_of_flac_is_decoded},
    {"flac_files_joined_end_to_end_are_decoded_to_the_last", flac_files_joined_end_to_end_are_decoded_to_the_last},
    {"wav_of_a_recorder_that_died_is_read_to_its_end", wav_of_a_recorder_that_died_is_read_to_its_end},
    {"what_follows_the_sound_of_a_wav_is_left_out", what_follows_the_sound_of_a_wav_is_left_out},
    {"flac_that_says_less_is_read_to_its_end", flac_that_says_less_is_read_to_its_end},
};

TEST_MAIN(cases)
