/* apl_file_identify and apl_file_link on real files. */
#define _POSIX_C_SOURCE 200809L
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char first[512], second[512];

static void use_two_paths(void)
{
    snprintf(first, sizeof first, "%s", test_scratch("first"));
    snprintf(second, sizeof second, "%s", test_scratch("second"));
    unlink(first);
    unlink(second);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    fputs(text, file);
    fclose(file);
}

static apl_file_identity identify(const char *path)
{
    apl_file_identity identity = {.struct_size = sizeof identity};
    CHECK_STATUS(APL_OK, apl_file_identify(path, &identity));
    return identity;
}

static void identify_same_file_twice_is_equal(void)
{
    use_two_paths();
    write_text(first, "hello");
    apl_file_identity a = identify(first), b = identify(first);
    CHECK_INT(5, a.bytes);
    CHECK(S_ISREG(a.mode));
    CHECK(memcmp(&a, &b, sizeof a) == 0);
}

static void identify_replaced_file_has_another_inode(void)
{
    use_two_paths();
    write_text(first, "hello");
    apl_file_identity before = identify(first);
    write_text(second, "other");
    CHECK(rename(second, first) == 0);
    CHECK(identify(first).inode != before.inode);
}

static void identify_times_set_back_shows_in_changed(void)
{
    use_two_paths();
    write_text(first, "hello");
    struct timespec past[2] = {{.tv_sec = 1000}, {.tv_sec = 1000, .tv_nsec = 7}};
    CHECK(utimensat(AT_FDCWD, first, past, 0) == 0);
    apl_file_identity identity = identify(first);
    CHECK_INT(1000000000007, identity.modified_ns);
    CHECK(identity.changed_ns > identity.modified_ns);
}

static void identify_absent_file_is_not_found(void)
{
    use_two_paths();
    apl_file_identity identity = {.struct_size = sizeof identity};
    CHECK_STATUS(APL_FILE_NOT_FOUND, apl_file_identify(first, &identity));
}

static void identify_wrong_arguments_are_refused(void)
{
    apl_file_identity identity = {.struct_size = 3};
    CHECK_STATUS(APL_STRUCT_SIZE, apl_file_identify("/", &identity));
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_file_identify(NULL, &identity));
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_file_identify("/", NULL));
}

static void link_new_name_is_the_same_file(void)
{
    use_two_paths();
    write_text(first, "hello");
    CHECK_STATUS(APL_OK, apl_file_link(first, second));
    CHECK_INT((int64_t)identify(first).inode, (int64_t)identify(second).inode);
}

static void link_taken_name_is_refused(void)
{
    use_two_paths();
    write_text(first, "hello");
    write_text(second, "other");
    CHECK_STATUS(APL_FILE_LINK, apl_file_link(first, second));
    CHECK_STATUS(APL_INVALID_ARGUMENT, apl_file_link(NULL, second));
}

static const struct test_case cases[] = {
    {"identify_same_file_twice_is_equal", identify_same_file_twice_is_equal},
    {"identify_replaced_file_has_another_inode", identify_replaced_file_has_another_inode},
    {"identify_times_set_back_shows_in_changed", identify_times_set_back_shows_in_changed},
    {"identify_absent_file_is_not_found", identify_absent_file_is_not_found},
    {"identify_wrong_arguments_are_refused", identify_wrong_arguments_are_refused},
    {"link_new_name_is_the_same_file", link_new_name_is_the_same_file},
    {"link_taken_name_is_refused", link_taken_name_is_refused},
};

TEST_MAIN(cases)
