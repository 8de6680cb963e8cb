/* Asking the file system what .NET can't: which file a path means, and giving it a second name. */
#define _POSIX_C_SOURCE 200809L
#include "status.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int32_t fail_by_errno(const char *path)
{
    int cause = errno;
    int32_t status = cause == ENOENT || cause == ENOTDIR ? APL_FILE_NOT_FOUND : APL_FILE_NOT_READABLE;
    return apl_fail(status, "%s: %s", path, strerror(cause));
}

int32_t apl_file_identify(const char *path, apl_file_identity *identity)
{
    if (path == NULL || identity == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "path or identity is null");
    }
    if (identity->struct_size != sizeof *identity) {
        return apl_fail(APL_STRUCT_SIZE, "apl_file_identity of %u bytes", identity->struct_size);
    }
    struct stat file;
    if (stat(path, &file) != 0) {
        return fail_by_errno(path);
    }
    identity->mode = file.st_mode;
    identity->device = file.st_dev;
    identity->inode = file.st_ino;
    identity->bytes = file.st_size;
    identity->modified_ns = nanoseconds(file.st_mtim);
    identity->changed_ns = nanoseconds(file.st_ctim);
    return APL_OK;
}

int32_t apl_file_link(const char *existing, const char *name)
{
    if (existing == NULL || name == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "existing or name is null");
    }
    if (link(existing, name) != 0) {
        return apl_fail(APL_FILE_LINK, "%s: %s", name, strerror(errno));
    }
    return APL_OK;
}
