#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64
#include "byte_stream.h"

#include "status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNKNOWN_LENGTH (INT64_MAX / 2)

static int32_t open_failure(const char *path, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return apl_fail(APL_FILE_NOT_FOUND, "no such file: %s", path);
    case ENOMEM:
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory while opening %s", path);
    default:
        return apl_fail(APL_FILE_NOT_READABLE, "%s can't be opened: %s", path, strerror(error));
    }
}

static int32_t read_failure(int error)
{
    return apl_fail(APL_READ_FAILED, "reading failed: %s", strerror(error));
}

/* Reads until bytes or the end; an error ends it too and is remembered. */
static int64_t read_fully(struct byte_stream *stream, int64_t offset, uint8_t *buffer, int64_t bytes)
{
    int64_t done = 0;
    while (done < bytes) {
        size_t wanted = (size_t)(bytes - done);
        ssize_t got = stream->is_pipe ? read(stream->fd, buffer + done, wanted)
                                      : pread(stream->fd, buffer + done, wanted, (off_t)(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 && stream->read_error == 0) {
            stream->read_error = errno;
        }
        if (got <= 0) {
            break;
        }
        done += got;
    }
    if (stream->is_pipe) {
        stream->pipe_position += done;
    }
    return done;
}

static int32_t classify(struct byte_stream *stream, const char *path)
{
    struct stat status;
    if (fstat(stream->fd, &status) != 0) {
        return open_failure(path, errno);
    }
    if (S_ISDIR(status.st_mode)) {
        return apl_fail(APL_FILE_IS_DIRECTORY, "%s is a directory", path);
    }
    stream->is_pipe = !S_ISREG(status.st_mode);
    stream->size = stream->is_pipe ? -1 : (int64_t)status.st_size;
    if (stream->size == 0) {
        return apl_fail(APL_FILE_EMPTY, "%s is empty (0 bytes)", path);
    }
    return APL_OK;
}

static int32_t start_pipe(struct byte_stream *stream, const char *path)
{
    stream->head = malloc(APL_PIPE_HEAD_BYTES);
    if (stream->head == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "out of memory while opening %s", path);
    }
    uint8_t first;
    if (apl_byte_stream_peek(stream, 0, &first, 1) == 0) {
        return stream->read_error != 0 ? read_failure(stream->read_error)
                                       : apl_fail(APL_FILE_EMPTY, "nothing came through the pipe %s", path);
    }
    return APL_OK;
}

int32_t apl_byte_stream_open(struct byte_stream *stream, const char *path)
{
    memset(stream, 0, sizeof *stream);
    do {
        stream->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (stream->fd < 0 && errno == EINTR);
    if (stream->fd < 0) {
        return open_failure(path, errno);
    }
    int32_t status = classify(stream, path);
    if (status == APL_OK && stream->is_pipe) {
        status = start_pipe(stream, path);
    }
    if (status != APL_OK) {
        apl_byte_stream_close(stream);
        return status;
    }
    apl_byte_stream_window(stream, 0, -1);
    return APL_OK;
}

void apl_byte_stream_close(struct byte_stream *stream)
{
    if (stream->fd >= 0) {
        close(stream->fd);
    }
    free(stream->head);
    stream->fd = -1;
    stream->head = NULL;
}

void apl_byte_stream_window(struct byte_stream *stream, int64_t base, int64_t length)
{
    int64_t there = stream->size < 0 ? UNKNOWN_LENGTH : stream->size > base ? stream->size - base : 0;
    stream->base = base;
    stream->length = length >= 0 && length < there ? length : there;
    stream->position = 0;
}

int64_t apl_byte_stream_peek(struct byte_stream *stream, int64_t offset, void *buffer, int64_t bytes)
{
    if (!stream->is_pipe) {
        return read_fully(stream, offset, buffer, bytes);
    }
    int64_t end = offset + bytes < APL_PIPE_HEAD_BYTES ? offset + bytes : APL_PIPE_HEAD_BYTES;
    if (end > stream->head_bytes && stream->pipe_position == stream->head_bytes) {
        stream->head_bytes += read_fully(stream, 0, stream->head + stream->head_bytes, end - stream->head_bytes);
    }
    if (offset >= stream->head_bytes) {
        return 0;
    }
    int64_t there = stream->head_bytes - offset < bytes ? stream->head_bytes - offset : bytes;
    memcpy(buffer, stream->head + offset, (size_t)there);
    return there;
}

int64_t apl_byte_stream_seek(struct byte_stream *stream, int64_t offset, int whence)
{
    if (whence == SEEK_END && stream->size < 0) {
        return -1;
    }
    int64_t from = whence == SEEK_CUR ? stream->position : whence == SEEK_END ? stream->length : 0;
    if (offset < -from || offset > UNKNOWN_LENGTH - from) {
        return -1;
    }
    stream->position = from + offset;
    return stream->position;
}

/* A pipe's bytes come from the kept head first; then only the next ones are there. */
static int64_t read_pipe(struct byte_stream *stream, uint8_t *buffer, int64_t bytes)
{
    int64_t offset = stream->base + stream->position;
    int64_t done = 0;
    if (offset < stream->head_bytes) {
        done = stream->head_bytes - offset < bytes ? stream->head_bytes - offset : bytes;
        memcpy(buffer, stream->head + offset, (size_t)done);
    }
    if (offset + done == stream->pipe_position) {
        done += read_fully(stream, 0, buffer + done, bytes - done);
    }
    return done;
}

int64_t apl_byte_stream_read(struct byte_stream *stream, void *buffer, int64_t bytes)
{
    int64_t left = stream->length - stream->position;
    int64_t wanted = left < bytes ? left : bytes;
    if (wanted <= 0) {
        return 0;
    }
    int64_t done = stream->is_pipe ? read_pipe(stream, buffer, wanted)
                                   : read_fully(stream, stream->base + stream->position, buffer, wanted);
    stream->position += done;
    return done;
}
