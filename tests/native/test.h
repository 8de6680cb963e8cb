/* The few lines that the tests need: checks that say what and where, counted, and a main that runs a list of cases. */
#ifndef APL_TEST_H
#define APL_TEST_H

#include "appliance.h"

#include <stdint.h>

struct test_case {
    const char *name;
    void (*run)(void);
};

/* Ends the running case as failed, or as skipped, with a reason. */
void test_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4), noreturn));
void test_skip(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#define CHECK(condition) ((condition) ? (void)0 : test_fail(__FILE__, __LINE__, "not true: %s", #condition))
#define CHECK_INT(expected, actual) test_equal(__FILE__, __LINE__, #actual, expected, actual)
#define CHECK_NEAR(expected, actual, tolerance) test_near(__FILE__, __LINE__, #actual, expected, actual, tolerance)
/* Shows the library's own sentence when the status is another. */
#define CHECK_STATUS(expected, call) test_status(__FILE__, __LINE__, #call, expected, call)

void test_equal(const char *file, int line, const char *what, int64_t expected, int64_t actual);
void test_near(const char *file, int line, const char *what, double expected, double actual, double tolerance);
void test_status(const char *file, int line, const char *what, int32_t expected, int32_t actual);

/* Runs the cases (those whose names contain argv[1], if given), prints a line each and "N passed, N failed, N skipped". */
int test_main(int argc, char **argv, const struct test_case *cases, int count);
#define TEST_MAIN(cases) \
    int main(int argc, char **argv) \
    { \
        return test_main(argc, argv, cases, (int)(sizeof cases / sizeof cases[0])); \
    }

/* A path below the shared folder (APPLIANCE_SHARED); skips the case where it is absent. Valid until the next call. */
const char *test_shared(const char *path);

/* A path in this run's own scratch folder, which is emptied at the end. Valid until the next call. */
const char *test_scratch(const char *name);

/* What a piece of a test took: between start and since. */
struct test_usage {
    double seconds;
    int64_t peak_bytes; /* resident memory at its peak, above that at the start; 0 where the kernel does not tell */
};

struct test_usage test_usage_start(void);
struct test_usage test_usage_since(struct test_usage start);

#endif
