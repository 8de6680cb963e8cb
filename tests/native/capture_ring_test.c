/* The ring between the capture thread and its reader, and the resampler behind it. */
#include "capture_ring.h"
#include "test.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

enum { CAPACITY = 1000, ROUNDS = 200000 };

static struct capture_ring ring;

static void samples_and_marks_keep_their_order(void)
{
    const float first[3] = {1, 2, 3};
    const float second[2] = {4, 5};
    const float *read;
    CHECK_INT(APL_OK, apl_ring_create(&ring, 4));
    apl_ring_write(&ring, first, 3, 3000);
    CHECK(apl_ring_mark(&ring, APL_CAPTURE_LOST, 7, 4000));
    CHECK_INT(1, (int64_t)apl_ring_room(&ring));
    CHECK_INT(3, (int64_t)apl_ring_peek(&ring, &read));
    CHECK(read[0] == 1 && read[2] == 3 && apl_ring_next_mark(&ring) == NULL);
    apl_ring_advance(&ring, 3);
    CHECK(read[0] == 0 && read[1] == 0 && read[2] == 0); /* wiped */
    apl_ring_write(&ring, second, 2, 5000);
    CHECK_INT(0, (int64_t)apl_ring_peek(&ring, &read));
    const struct capture_mark *mark = apl_ring_next_mark(&ring);
    CHECK(mark != NULL && mark->frames == 7 && mark->event == APL_CAPTURE_LOST && mark->end_ns == 4000);
    apl_ring_advance_mark(&ring);
    CHECK_INT(1, (int64_t)apl_ring_peek(&ring, &read)); /* up to the ring's end */
    CHECK(read[0] == 4);
    apl_ring_advance(&ring, 1);
    CHECK_INT(1, (int64_t)apl_ring_peek(&ring, &read));
    CHECK(read[0] == 5);
    apl_ring_destroy(&ring);
}

static void times_are_those_of_the_reading_position(void)
{
    float samples[16] = {0};
    CHECK_INT(APL_OK, apl_ring_create(&ring, 64));
    apl_ring_write(&ring, samples, 16, 1000000000);
    CHECK_INT(999000000, apl_ring_time(&ring, 16000));
    apl_ring_advance(&ring, 16);
    CHECK_INT(1000000000, apl_ring_time(&ring, 16000));
    apl_ring_destroy(&ring);
}

static void marks_that_have_no_room_are_refused(void)
{
    CHECK_INT(APL_OK, apl_ring_create(&ring, 4));
    for (int i = 0; i < CAPTURE_MARKS; i++) {
        CHECK(apl_ring_mark(&ring, APL_CAPTURE_LOST, 1, 0));
    }
    CHECK(!apl_ring_mark(&ring, APL_CAPTURE_LOST, 1, 0));
    apl_ring_advance_mark(&ring);
    CHECK(apl_ring_mark(&ring, APL_CAPTURE_LOST, 1, 0));
    apl_ring_destroy(&ring);
}

/* Writes 1, 2, 3, ...; every 97th number is a mark instead. */
static void *write_numbers(void *nothing)
{
    for (int number = 1; number <= ROUNDS;) {
        if (number % 97 == 0) {
            number += apl_ring_mark(&ring, APL_CAPTURE_MUTED, number, number);
        } else if (apl_ring_room(&ring) >= 1) {
            float sample = (float)number;
            apl_ring_write(&ring, &sample, 1, (int64_t)number * 1000);
            number++;
        }
    }
    return nothing;
}

static void two_threads_see_one_order(void)
{
    CHECK_INT(APL_OK, apl_ring_create(&ring, CAPACITY));
    pthread_t writer;
    CHECK(pthread_create(&writer, NULL, write_numbers, NULL) == 0);
    int expected = 1;
    int wrong = 0;
    while (expected <= ROUNDS) {
        const float *read;
        uint64_t count = apl_ring_peek(&ring, &read);
        for (uint64_t i = 0; i < count; i++, expected++) {
            wrong += read[i] != (float)expected;
        }
        apl_ring_advance(&ring, count);
        const struct capture_mark *mark = apl_ring_next_mark(&ring);
        if (mark != NULL) {
            wrong += mark->frames != expected++;
            apl_ring_advance_mark(&ring);
        }
    }
    pthread_join(writer, NULL);
    apl_ring_destroy(&ring);
    CHECK_INT(0, wrong);
}

/* A second of a tone at a rate comes out as a second of it at 16 kHz; twice, since the end starts anew. */
static void a_tone_keeps_its_length_and_level(void)
{
    static const int32_t rates[] = {8000, 16000, 44100, 48000, 96000};
    static float input[96000];
    static float output[32000];
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        for (int32_t i = 0; i < rates[r]; i++) {
            input[i] = 0.5f * sinf(6.2831853f * 1000.0f * (float)i / (float)rates[r]);
        }
        apl_resampler *resampler = NULL;
        CHECK_STATUS(APL_OK, apl_resampler_create(rates[r], &resampler));
        for (int turn = 0; turn < 2; turn++) {
            int64_t at = 0;
            int64_t made = 0;
            int64_t taken;
            int64_t count;
            while (at < rates[r]) {
                int64_t offered = rates[r] - at < 480 ? rates[r] - at : 480;
                CHECK_STATUS(APL_OK, apl_resampler_process(resampler, input + at, offered, &taken, output + made, 32000 - made, &count));
                at += taken;
                made += count;
            }
            do {
                CHECK_STATUS(APL_OK, apl_resampler_process(resampler, NULL, 0, &taken, output + made, 32000 - made, &count));
                made += count;
            } while (count > 0);
            CHECK_NEAR(16000, (double)made, 1);
            double power = 0;
            for (int i = 4000; i < 12000; i++) {
                power += (double)output[i] * output[i] / 8000;
            }
            CHECK_NEAR(0.125, power, 0.001);
        }
        CHECK_STATUS(APL_OK, apl_resampler_destroy(resampler));
    }
    apl_resampler *none = NULL;
    CHECK_STATUS(APL_SAMPLE_RATE, apl_resampler_create(999, &none));
}

static const struct test_case cases[] = {
    {"samples_and_marks_keep_their_order", samples_and_marks_keep_their_order},
    {"times_are_those_of_the_reading_position", times_are_those_of_the_reading_position},
    {"marks_that_have_no_room_are_refused", marks_that_have_no_room_are_refused},
    {"two_threads_see_one_order", two_threads_see_one_order},
    {"a_tone_keeps_its_length_and_level", a_tone_keeps_its_length_and_level},
};

TEST_MAIN(cases)
