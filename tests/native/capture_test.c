/*
 * Capture from ALSA: bit for bit through a file PCM, and through the tests' own paced PCM everything that goes wrong in the real world, with
 * each lost sample found on the timeline. Sample n of the paced PCM has the value n modulo 65536.
 */
#include "capture_format.h"
#include "paced_pcm.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { RATE = 16000, BLOCK = 4096, TOLERANCE = RATE / 50 };

static struct paced_control *control;

static void pause_ms(int milliseconds)
{
    struct timespec time = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
    nanosleep(&time, NULL);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Writes ALSA's configuration with the PCMs of the tests, and a fresh control file. */
static void configure(const char *infile)
{
    char path[256];
    snprintf(path, sizeof path, "%s", test_scratch("control"));
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && ftruncate(fd, sizeof *control) == 0);
    control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    CHECK(control != MAP_FAILED);

    /* ALSA reads a file again only under another name or time */
    static int number;
    char name[32];
    snprintf(name, sizeof name, "asound-%d.conf", number++);
    char configuration[256];
    snprintf(configuration, sizeof configuration, "%s", test_scratch(name));
    FILE *file = fopen(configuration, "w");
    CHECK(file != NULL);
    fprintf(file, "pcm_type.paced { lib \"%s\" }\n", PACED_PCM);
    fprintf(file, "pcm.paced { type paced control \"%s\" }\n", path);
    fprintf(file, "pcm.stereo48 { type paced control \"%s\" rate 48000 channels 2 }\n", path);
    fprintf(file, "pcm.recorded { type file slave.pcm { type null } file \"/dev/null\" infile \"%s\" format raw }\n", infile);
    fclose(file);
    setenv("ALSA_CONFIG_PATH", configuration, 1);
}

static apl_capture_config settings(void)
{
    return (apl_capture_config){.struct_size = sizeof(apl_capture_config), .channel = -1};
}

static apl_capture *open_device(const char *name, const apl_capture_config *config)
{
    apl_capture *capture = NULL;
    CHECK_STATUS(APL_OK, apl_capture_open(name, config, &capture));
    return capture;
}

static apl_capture_statistics statistics(apl_capture *capture)
{
    apl_capture_statistics statistics = {.struct_size = sizeof statistics};
    CHECK_STATUS(APL_OK, apl_capture_get_statistics(capture, &statistics));
    return statistics;
}

/* What was read, and where the paced PCM's counter stands against it. */
struct timeline {
    int64_t length;
    int64_t samples;
    int64_t lost;
    int64_t muted;
    int gaps;
    int has_base;
    uint16_t base; /* counter at the start of the timeline */
    int64_t worst; /* largest distance between counter and timeline after a gap */
    int is_gone;
    int error;
};

static void add_samples(struct timeline *timeline, const float *samples, int64_t count)
{
    uint16_t first = (uint16_t)(int16_t)(samples[0] * 32768.0f);
    for (int64_t i = 1; i < count; i++) {
        CHECK_INT((uint16_t)(first + i), (uint16_t)(int16_t)(samples[i] * 32768.0f));
    }
    if (!timeline->has_base) {
        timeline->base = (uint16_t)(first - timeline->length);
        timeline->has_base = 1;
    }
    int64_t apart = (int16_t)(uint16_t)(first - (uint16_t)(timeline->base + timeline->length));
    apart = apart < 0 ? -apart : apart;
    timeline->worst = apart > timeline->worst ? apart : timeline->worst;
}

/* Reads for some seconds, or until the device is gone. */
static void follow(apl_capture *capture, struct timeline *timeline, double seconds)
{
    static float samples[BLOCK];
    double end = now() + seconds;
    while (now() < end && !timeline->is_gone) {
        apl_capture_result result = {.struct_size = sizeof result};
        CHECK_STATUS(APL_OK, apl_capture_read(capture, samples, BLOCK, 50, &result));
        switch (result.event) {
        case APL_CAPTURE_SAMPLES:
            add_samples(timeline, samples, result.count);
            timeline->samples += result.count;
            break;
        case APL_CAPTURE_LOST:
            timeline->lost += result.count;
            timeline->gaps++;
            break;
        case APL_CAPTURE_MUTED:
            timeline->muted += result.count;
            timeline->gaps++;
            break;
        case APL_CAPTURE_GONE:
            timeline->is_gone = 1;
            timeline->error = result.error;
            break;
        default:
            break;
        }
        timeline->length += result.count;
    }
}

static void every_format_is_read(void)
{
    const unsigned char s16[] = {0x00, 0x80, 0xFF, 0x7F, 0x01, 0x00};
    const unsigned char s24_3[] = {0x00, 0x00, 0x80, 0xFF, 0xFF, 0x7F, 0x01, 0x00, 0x00};
    const unsigned char s24[] = {0x00, 0x00, 0x80, 0x55, 0xFF, 0xFF, 0x7F, 0xAA};
    const unsigned char s32[] = {0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40};
    float converted[3];
    apl_capture_convert(CAPTURE_S16, s16, 3, converted);
    CHECK(converted[0] == -1.0f && converted[1] == 32767.0f / 32768.0f && converted[2] == 1.0f / 32768.0f);
    apl_capture_convert(CAPTURE_S24_3, s24_3, 3, converted);
    CHECK(converted[0] == -1.0f && converted[1] == 8388607.0f / 8388608.0f && converted[2] == 1.0f / 8388608.0f);
    apl_capture_convert(CAPTURE_S24, s24, 2, converted);
    CHECK(converted[0] == -1.0f && converted[1] == 8388607.0f / 8388608.0f);
    apl_capture_convert(CAPTURE_S32, s32, 2, converted);
    CHECK(converted[0] == -1.0f && converted[1] == 0.5f);
}

static void ten_minutes_of_a_file_come_bit_for_bit(void)
{
    enum { SECONDS = 600 };
    char raw[256];
    snprintf(raw, sizeof raw, "%s", test_scratch("ten-minutes.raw"));
    FILE *file = fopen(raw, "wb");
    CHECK(file != NULL);
    uint32_t state = 1;
    for (int64_t i = 0; i < (int64_t)SECONDS * RATE; i++) {
        state = state * 1664525u + 1013904223u;
        unsigned char sample[2] = {(unsigned char)(state >> 16), (unsigned char)(state >> 24)};
        fwrite(sample, 1, sizeof sample, file);
    }
    fclose(file);
    configure(raw);
    apl_capture_config config = settings();
    config.waits_for_reader = 1;
    apl_capture *capture = open_device("recorded", &config);
    static float samples[BLOCK];
    int64_t read = 0;
    int64_t different = 0;
    state = 1;
    while (read < (int64_t)SECONDS * RATE) {
        apl_capture_result result = {.struct_size = sizeof result};
        CHECK_STATUS(APL_OK, apl_capture_read(capture, samples, BLOCK, 1000, &result));
        CHECK(result.event == APL_CAPTURE_SAMPLES || result.event == APL_CAPTURE_IDLE);
        for (int64_t i = 0; i < result.count && read < (int64_t)SECONDS * RATE; i++, read++) {
            state = state * 1664525u + 1013904223u;
            different += samples[i] != (float)(int16_t)(uint16_t)(state >> 16) / 32768.0f;
        }
    }
    CHECK_INT(0, different);
    CHECK_INT(0, statistics(capture).lost_frames);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static void a_paced_device_loses_nothing(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    apl_capture *capture = open_device("paced", &config);
    apl_capture_info info = {.struct_size = sizeof info};
    CHECK_STATUS(APL_OK, apl_capture_get_info(capture, &info));
    CHECK_INT(RATE, info.sample_rate_hz);
    CHECK_INT(1, info.channels);
    CHECK_INT(16, info.bits);
    struct timeline timeline = {0};
    follow(capture, &timeline, 1.5);
    CHECK_NEAR(1.5 * RATE, (double)timeline.length, 0.3 * RATE);
    CHECK_INT(0, timeline.worst);
    CHECK_INT(0, timeline.lost);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
    CHECK_INT(0, atomic_load(&control->is_running));
}

/* Raises an errno again and again and follows the timeline across. */
static void raise_often(int raised, int times, struct timeline *timeline, apl_capture_statistics *counted)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    apl_capture *capture = open_device("paced", &config);
    for (int i = 0; i < times; i++) {
        follow(capture, timeline, 0.25);
        atomic_store(&control->raise, raised);
    }
    follow(capture, timeline, 0.4);
    *counted = statistics(capture);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static void every_overrun_is_counted_and_placed(void)
{
    struct timeline timeline = {0};
    apl_capture_statistics counted;
    raise_often(EPIPE, 6, &timeline, &counted);
    CHECK_INT(6, counted.xruns);
    CHECK_INT(7, atomic_load(&control->starts));
    CHECK(timeline.gaps >= 1 && timeline.gaps <= 6);
    CHECK_INT(counted.lost_frames, timeline.lost);
    CHECK(timeline.worst <= TOLERANCE);
}

static void a_suspended_system_is_recovered(void)
{
    struct timeline timeline = {0};
    apl_capture_statistics counted;
    raise_often(ESTRPIPE, 3, &timeline, &counted);
    CHECK_INT(3, counted.suspends);
    CHECK_INT(counted.lost_frames, timeline.lost);
    CHECK(timeline.worst <= TOLERANCE);
}

static void another_fault_is_recovered(void)
{
    struct timeline timeline = {0};
    apl_capture_statistics counted;
    raise_often(EIO, 3, &timeline, &counted);
    CHECK(!timeline.is_gone);
    CHECK_INT(4, atomic_load(&control->starts));
    CHECK_INT(counted.lost_frames, timeline.lost);
    CHECK(timeline.worst <= TOLERANCE);
}

static void an_unplugged_device_is_gone_and_said_so(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    apl_capture *capture = open_device("paced", &config);
    struct timeline timeline = {0};
    follow(capture, &timeline, 0.3);
    atomic_store(&control->raise, ENODEV);
    double unplugged = now();
    follow(capture, &timeline, 10);
    CHECK(timeline.is_gone);
    CHECK_INT(ENODEV, timeline.error);
    CHECK(now() - unplugged < 10); /* contract: 2 s */
    CHECK(timeline.samples > 0);

    /* and stays so; muting what is gone does no harm */
    apl_capture_result result = {.struct_size = sizeof result};
    static float samples[BLOCK];
    CHECK_STATUS(APL_OK, apl_capture_read(capture, samples, BLOCK, 0, &result));
    CHECK_INT(APL_CAPTURE_GONE, result.event);
    CHECK_STATUS(APL_OK, apl_capture_set_muted(capture, 1));
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static void a_device_that_cannot_be_opened_says_why(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    apl_capture *capture = NULL;
    atomic_store(&control->refuse, EBUSY);
    CHECK_STATUS(APL_DEVICE_BUSY, apl_capture_open("paced", &config, &capture));
    atomic_store(&control->refuse, ENODEV);
    CHECK_STATUS(APL_DEVICE_NOT_FOUND, apl_capture_open("paced", &config, &capture));
    atomic_store(&control->refuse, EACCES);
    CHECK_STATUS(APL_DEVICE_DENIED, apl_capture_open("paced", &config, &capture));
    CHECK_STATUS(APL_DEVICE_NOT_FOUND, apl_capture_open("nosuchdevice", &config, &capture));
    atomic_store(&control->refuse, 0);
    config.channel = 2;
    CHECK_STATUS(APL_CHANNEL_ABSENT, apl_capture_open("stereo48", &config, &capture));
    config.channel = -2;
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_capture_open("paced", &config, &capture));
    config.struct_size = 4;
    CHECK_STATUS(APL_STRUCT_SIZE, apl_capture_open("paced", &config, &capture));
    CHECK(capture == NULL);
}

static void a_reader_that_sleeps_loses_only_what_the_ring_does_not_hold(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    config.ring_ms = 200;
    apl_capture *capture = open_device("paced", &config);
    struct timeline timeline = {0};
    follow(capture, &timeline, 0.2);
    pause_ms(700);
    follow(capture, &timeline, 0.5);
    apl_capture_statistics counted = statistics(capture);
    CHECK_INT(0, counted.xruns);
    CHECK_INT(1, counted.ring_overruns);
    CHECK(timeline.lost > RATE / 5);
    CHECK_INT(counted.lost_frames, timeline.lost);
    CHECK_INT(0, timeline.worst);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static void muted_means_stopped(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    apl_capture *capture = open_device("paced", &config);
    struct timeline timeline = {0};
    follow(capture, &timeline, 0.3);
    CHECK_STATUS(APL_OK, apl_capture_set_muted(capture, 1));
    CHECK_INT(0, atomic_load(&control->is_running));
    int64_t captured = statistics(capture).captured_frames;
    follow(capture, &timeline, 0.5);
    CHECK_INT(captured, timeline.samples);
    CHECK_INT(captured, statistics(capture).captured_frames);
    CHECK_STATUS(APL_OK, apl_capture_set_muted(capture, 0));
    follow(capture, &timeline, 0.3);
    CHECK(timeline.samples > captured);
    CHECK_NEAR(0.5 * RATE, (double)timeline.muted, 0.2 * RATE);
    CHECK_INT(0, timeline.lost);
    CHECK(timeline.worst <= TOLERANCE);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static void muted_from_the_start_reads_no_sample(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    config.muted = 1;
    apl_capture *capture = open_device("paced", &config);
    struct timeline timeline = {0};
    follow(capture, &timeline, 0.3);
    CHECK_INT(0, atomic_load(&control->starts));
    CHECK_INT(0, statistics(capture).captured_frames);
    CHECK_STATUS(APL_OK, apl_capture_set_muted(capture, 0));
    follow(capture, &timeline, 0.3);
    CHECK_INT(1, atomic_load(&control->starts));
    CHECK(timeline.samples > 0);
    CHECK_NEAR(0.3 * RATE, (double)timeline.muted, 0.2 * RATE);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static void another_rate_keeps_the_length_of_the_timeline(void)
{
    configure("/dev/null");
    apl_capture_config config = settings();
    config.channel = 1;
    apl_capture *capture = open_device("stereo48", &config);
    apl_capture_info info = {.struct_size = sizeof info};
    CHECK_STATUS(APL_OK, apl_capture_get_info(capture, &info));
    CHECK_INT(48000, info.sample_rate_hz);
    CHECK_INT(2, info.channels);
    static float samples[BLOCK];
    int64_t length = 0;
    int gaps = 0;
    double end = now() + 1.5;
    double raised = now() + 0.5;
    while (now() < end) {
        apl_capture_result result = {.struct_size = sizeof result};
        CHECK_STATUS(APL_OK, apl_capture_read(capture, samples, BLOCK, 20, &result));
        length += result.count;
        gaps += result.event == APL_CAPTURE_LOST;
        if (raised > 0 && now() > raised) {
            raised = 0;
            atomic_store(&control->raise, EPIPE);
        }
    }
    apl_capture_statistics counted = statistics(capture);
    CHECK(gaps <= 1 && counted.xruns == 1);
    CHECK_NEAR((double)(counted.captured_frames + counted.lost_frames) / 3, (double)length, 0.1 * RATE);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
}

static atomic_int hogging;

static void *hog(void *nothing)
{
    while (atomic_load(&hogging)) {
    }
    return nothing;
}

/* APL_HOG_SECONDS: 3600 for the whole count. */
static void beside_a_processor_hog_nothing_goes_unaccounted(void)
{
    enum { HOGS = 4 };
    const char *wanted = getenv("APL_HOG_SECONDS");
    double seconds = wanted == NULL ? 5 : atof(wanted);
    configure("/dev/null");
    pthread_t hogs[HOGS];
    atomic_store(&hogging, 1);
    for (int i = 0; i < HOGS; i++) {
        CHECK(pthread_create(&hogs[i], NULL, hog, NULL) == 0);
    }
    apl_capture_config config = settings();
    apl_capture *capture = open_device("paced", &config);
    struct timeline timeline = {0};
    double start = now();
    follow(capture, &timeline, seconds);
    double elapsed = now() - start;
    atomic_store(&hogging, 0);
    for (int i = 0; i < HOGS; i++) {
        pthread_join(hogs[i], NULL);
    }
    apl_capture_statistics counted = statistics(capture);
    printf("hog: %.0f s, %lld of %lld frames lost, %lld xruns, real-time %d\n", elapsed, (long long)counted.lost_frames,
           (long long)(counted.captured_frames + counted.lost_frames), (long long)counted.xruns, counted.is_realtime);
    CHECK_STATUS(APL_OK, apl_capture_close(capture));
    CHECK(timeline.worst <= TOLERANCE);
    CHECK((double)counted.lost_frames <= 0.001 * elapsed * RATE);
    CHECK_NEAR(elapsed * RATE, (double)timeline.length, RATE);
}

static void devices_are_listed(void)
{
    unsetenv("ALSA_CONFIG_PATH");
    char list[4096];
    int32_t length = -1;
    CHECK_STATUS(APL_OK, apl_capture_list(list, sizeof list, &length));
    int lines = 0;
    int tabs = 0;
    for (const char *c = list; *c != '\0'; c++) {
        lines += *c == '\n';
        tabs += *c == '\t';
    }
    CHECK_INT(lines * 4, tabs);
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_capture_list(NULL, 8, &length));
}

static const struct test_case cases[] = {
    {"every_format_is_read", every_format_is_read},
    {"ten_minutes_of_a_file_come_bit_for_bit", ten_minutes_of_a_file_come_bit_for_bit},
    {"a_paced_device_loses_nothing", a_paced_device_loses_nothing},
    {"every_overrun_is_counted_and_placed", every_overrun_is_counted_and_placed},
    {"a_suspended_system_is_recovered", a_suspended_system_is_recovered},
    {"another_fault_is_recovered", another_fault_is_recovered},
    {"an_unplugged_device_is_gone_and_said_so", an_unplugged_device_is_gone_and_said_so},
    {"a_device_that_cannot_be_opened_says_why", a_device_that_cannot_be_opened_says_why},
    {"a_reader_that_sleeps_loses_only_what_the_ring_does_not_hold", a_reader_that_sleeps_loses_only_what_the_ring_does_not_hold},
    {"muted_means_stopped", muted_means_stopped},
    {"muted_from_the_start_reads_no_sample", muted_from_the_start_reads_no_sample},
    {"another_rate_keeps_the_length_of_the_timeline", another_rate_keeps_the_length_of_the_timeline},
    {"beside_a_processor_hog_nothing_goes_unaccounted", beside_a_processor_hog_nothing_goes_unaccounted},
    {"devices_are_listed", devices_are_listed},
};

TEST_MAIN(cases)
