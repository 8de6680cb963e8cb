/*
 * MP3: headers and tags made in code over frames that hold silence, and (where ffmpeg made them, in the corpus) real ones. A frame of
 * zeros after its header and side information is a valid layer III frame: silence.
 */
#include "bytes.h"
#include "mp3_header.h"
#include "recording.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_BYTES = 144, FRAME_SAMPLES = 576, SIDE_BYTES = 9 }; /* MPEG-2 layer III, 32 kbit/s, 16 kHz, mono */

static void put_frame(struct bytes *bytes)
{
    bytes_put(bytes, "\xFF\xF3\x48\xC4", 4);
    bytes_zeros(bytes, FRAME_BYTES - 4);
}

/* A frame with the tag of an encoder that has a delay and a padding of 576 samples. */
static void put_tag(struct bytes *bytes, uint32_t frames)
{
    struct bytes tag = {0};
    bytes_text(&tag, "Xing");
    bytes_big_u32(&tag, 3);
    bytes_big_u32(&tag, frames);
    bytes_big_u32(&tag, (frames + 1) * FRAME_BYTES);
    bytes_text(&tag, "LAME3.100");
    bytes_zeros(&tag, 12);
    bytes_put(&tag, "\x24\x02\x40", 3);
    size_t start = bytes->count;
    put_frame(bytes);
    memcpy(bytes->data + start + 4 + SIDE_BYTES, tag.data, tag.count);
    free(tag.data);
}

static struct bytes mp3_of(int frames, int declared)
{
    struct bytes bytes = {0};
    if (declared >= 0) {
        put_tag(&bytes, (uint32_t)declared);
    }
    for (int i = 0; i < frames; i++) {
        put_frame(&bytes);
    }
    return bytes;
}

static struct recording decode(struct bytes *bytes)
{
    struct recording recording = recording_decode(bytes_write(bytes, "test.mp3"));
    free(recording.samples);
    recording.samples = NULL;
    CHECK_INT(1, recording.info.channels);
    CHECK_INT(16000, recording.info.sample_rate_hz);
    return recording;
}

static void frames_without_a_tag_are_all_decoded(void)
{
    struct bytes bytes = mp3_of(100, -1);
    struct recording recording = decode(&bytes);
    CHECK_INT(100 * FRAME_SAMPLES, recording.count);
    CHECK_INT(-1, recording.info.declared_frames);
}

static void a_tag_cuts_what_the_encoder_added(void)
{
    struct bytes bytes = mp3_of(100, 100);
    struct recording recording = decode(&bytes);
    CHECK_INT(98 * FRAME_SAMPLES, recording.count);
    CHECK_INT(98 * FRAME_SAMPLES, recording.info.declared_frames);
    CHECK_INT(0, recording.statistics.declared_shortfall_frames);
}

static void a_truncated_file_is_a_shortfall(void)
{
    struct bytes bytes = mp3_of(50, 100);
    struct recording recording = decode(&bytes);
    CHECK(recording.count > 48 * FRAME_SAMPLES && recording.count <= 50 * FRAME_SAMPLES);
    CHECK_INT(98 * FRAME_SAMPLES - recording.count, recording.statistics.declared_shortfall_frames);
}

static void files_joined_end_to_end_are_decoded_to_the_last(void)
{
    struct bytes bytes = mp3_of(100, 20);
    struct recording recording = decode(&bytes);
    CHECK_INT(99 * FRAME_SAMPLES - MP3_DECODER_DELAY, recording.count); /* only the start is cut */
}

static void tags_around_and_damage_inside_are_skipped(void)
{
    struct bytes bytes = {0};
    bytes_put(&bytes, "ID3\x04\0\0\0\0\x20\0", 10); /* 4096 bytes */
    bytes_zeros(&bytes, 4096);
    for (int i = 0; i < 100; i++) {
        put_frame(&bytes);
        if (i == 50) {
            bytes_zeros(&bytes, 20000);
        }
    }
    bytes_text(&bytes, "TAG");
    bytes_zeros(&bytes, 125);
    struct recording recording = decode(&bytes);
    CHECK(recording.count >= 98 * FRAME_SAMPLES && recording.count <= 100 * FRAME_SAMPLES);
}

static void mp3_inside_wav_is_decoded(void)
{
    struct bytes wav = {0};
    struct wav_header header = {0x55, 1, 16000, 0, 100 * FRAME_BYTES};
    bytes_wav_header(&wav, &header);
    for (int i = 0; i < 100; i++) {
        put_frame(&wav);
    }
    struct recording recording = decode(&wav);
    CHECK_INT(100 * FRAME_SAMPLES, recording.count);
}

static void a_tag_longer_than_it_says_is_skipped(void)
{
    struct bytes bytes = {0};
    bytes_put(&bytes, "ID3\x03\0\0\0\0\0\x0A", 10); /* 10 bytes, and 3000 that it does not count */
    bytes_zeros(&bytes, 3010);
    for (int i = 0; i < 100; i++) {
        put_frame(&bytes);
    }
    struct recording recording = decode(&bytes);
    CHECK_INT(100 * FRAME_SAMPLES, recording.count);
}

static void what_only_begins_like_mpeg_is_refused(void)
{
    struct bytes aac = {0};
    for (int i = 0; i < 100; i++) {
        bytes_put(&aac, "\xFF\xF1\x60\x40\x08\x1F\xFC", 7); /* ADTS */
        bytes_zeros(&aac, 57);
    }
    recording_open(bytes_write(&aac, "test.aac"), -1, APL_FORMAT_UNKNOWN);
    struct bytes chance = {0};
    bytes_put(&chance, "\xFF\xFB\x90\x00", 4);
    for (int i = 0; i < 5000; i++) {
        bytes_text(&chance, "nothing ");
    }
    recording_open(bytes_write(&chance, "test.mp3"), -1, APL_FORMAT_UNKNOWN);
}

static const struct test_case cases[] = {
    {"frames_without_a_tag_are_all_decoded", frames_without_a_tag_are_all_decoded},
    {"a_tag_cuts_what_the_encoder_added", a_tag_cuts_what_the_encoder_added},
    {"a_truncated_file_is_a_shortfall", a_truncated_file_is_a_shortfall},
    {"files_joined_end_to_end_are_decoded_to_the_last", files_joined_end_to_end_are_decoded_to_the_last},
    {"tags_around_and_damage_inside_are_skipped", tags_around_and_damage_inside_are_skipped},
    {"mp3_inside_wav_is_decoded", mp3_inside_wav_is_decoded},
    {"a_tag_longer_than_it_says_is_skipped", a_tag_longer_than_it_says_is_skipped},
    {"what_only_begins_like_mpeg_is_refused", what_only_begins_like_mpeg_is_refused},
};

TEST_MAIN(cases)
