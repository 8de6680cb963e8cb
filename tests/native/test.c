#define _GNU_SOURCE
#include "test.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum outcome { PASSED, FAILED, SKIPPED };

static jmp_buf case_end;
static const char *case_name;
static char scratch_folder[64];

static void print_reason(const char *format, va_list arguments)
{
    vprintf(format, arguments);
    printf("\n");
}

void test_fail(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("%s:%d: ", file, line);
    print_reason(format, arguments);
    va_end(arguments);
    longjmp(case_end, FAILED);
}

void test_skip(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("SKIP %s: ", case_name);
    print_reason(format, arguments);
    va_end(arguments);
    longjmp(case_end, SKIPPED);
}

void test_equal(const char *file, int line, const char *what, int64_t expected, int64_t actual)
{
    if (expected != actual) {
        test_fail(file, line, "%s is %lld, not %lld", what, (long long)actual, (long long)expected);
    }
}

void test_near(const char *file, int line, const char *what, double expected, double actual, double tolerance)
{
    double difference = actual - expected;
    if (!(difference <= tolerance && difference >= -tolerance)) {
        test_fail(file, line, "%s is %.9g, not %.9g (%.3g apart, %.3g allowed)", what, actual, expected, difference, tolerance);
    }
}

void test_status(const char *file, int line, const char *what, int32_t expected, int32_t actual)
{
    if (expected != actual) {
        char text[512] = "";
        int32_t length;
        apl_last_error(text, sizeof text, &length);
        test_fail(file, line, "%s gave status %d, not %d (last error: %s)", what, actual, expected, text);
    }
}

const char *test_shared(const char *path)
{
    static char full[1024];
    const char *folder = getenv("APPLIANCE_SHARED");
    if (folder == NULL || *folder == '\0') {
        test_skip("the folder shared/ is not beside this checkout (or set APPLIANCE_SHARED)");
    }
    snprintf(full, sizeof full, "%s/%s", folder, path);
    if (access(full, R_OK) != 0) {
        test_skip("%s is not there", full);
    }
    return full;
}

const char *test_scratch(const char *name)
{
    static char full[512];
    snprintf(full, sizeof full, "%s/%s", scratch_folder, name);
    return full;
}

static void empty_scratch(void)
{
    DIR *folder = opendir(scratch_folder);
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.') {
            remove(test_scratch(entry->d_name));
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    rmdir(scratch_folder);
}

/* A line of /proc/self/status in kB, as bytes. */
static int64_t status_bytes(const char *key)
{
    char line[128];
    long long kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, key, strlen(key)) == 0) {
            kilobytes = atoll(line + strlen(key));
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kilobytes * 1024;
}

static double now_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

struct test_usage test_usage_start(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w"); /* 5: forget the peak so far */
    if (file != NULL) {
        fputs("5", file);
        fclose(file);
    }
    return (struct test_usage){now_seconds(), status_bytes("VmRSS:")};
}

struct test_usage test_usage_since(struct test_usage start)
{
    return (struct test_usage){now_seconds() - start.seconds, status_bytes("VmHWM:") - start.peak_bytes};
}

static enum outcome run_case(const struct test_case *test)
{
    enum outcome outcome = (enum outcome)setjmp(case_end);
    if (outcome != PASSED) {
        return outcome;
    }
    test->run();
    return PASSED;
}

int test_main(int argc, char **argv, const struct test_case *cases, int count)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    snprintf(scratch_folder, sizeof scratch_folder, "/tmp/appliance-test-XXXXXX");
    if (mkdtemp(scratch_folder) == NULL) {
        perror(scratch_folder);
        return 1;
    }
    int counts[3] = {0};
    for (int i = 0; i < count; i++) {
        if (argc > 1 && strstr(cases[i].name, argv[1]) == NULL) {
            continue;
        }
        case_name = cases[i].name;
        enum outcome outcome = run_case(&cases[i]);
        counts[outcome]++;
        if (outcome != SKIPPED) {
            printf("%s %s\n", outcome == PASSED ? "ok  " : "FAIL", case_name);
        }
    }
    empty_scratch();
    printf("%d passed, %d failed, %d skipped\n", counts[PASSED], counts[FAILED], counts[SKIPPED]);
    return counts[FAILED] > 0;
}
