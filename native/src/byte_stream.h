/* The bytes of a file or pipe, as libsndfile wants them: through callbacks, seekable where possible, with bounded memory. */
#ifndef APL_BYTE_STREAM_H
#define APL_BYTE_STREAM_H

#include <stdint.h>

/* A pipe's first bytes are kept, so that the header can be looked at before the decoder is chosen. */
#define APL_PIPE_HEAD_BYTES (256 * 1024)

struct byte_stream {
    int fd;
    int is_pipe;
    int64_t size; /* bytes; -1 for a pipe */
    int64_t base; /* what the decoder sees as offset 0 */
    int64_t length; /* what the decoder is told as length; INT64_MAX / 2 when unknown */
    int64_t position; /* the decoder's, from base */
    int read_error; /* errno of the first failed read, or 0 */
    uint8_t *head; /* pipe only */
    int64_t head_bytes;
    int64_t pipe_position; /* bytes taken from the pipe */
};

/* Opens path and refuses what is no readable file or pipe, or empty. */
int32_t apl_byte_stream_open(struct byte_stream *stream, const char *path);
void apl_byte_stream_close(struct byte_stream *stream);

/* Shows the decoder length bytes from base on (a negative length: all there is, end unknown) and goes to their start. */
void apl_byte_stream_window(struct byte_stream *stream, int64_t base, int64_t length);

/* Bytes at an absolute offset, without moving; fewer than asked for at the end, or beyond the kept head of a pipe. */
int64_t apl_byte_stream_peek(struct byte_stream *stream, int64_t offset, void *buffer, int64_t bytes);

/* Moves and reads within the window. */
int64_t apl_byte_stream_seek(struct byte_stream *stream, int64_t offset, int whence);
int64_t apl_byte_stream_read(struct byte_stream *stream, void *buffer, int64_t bytes);

#endif
