/*
 * libappliance: the native half of the appliance. This is the only header that C# mirrors.
 *
 * Rules of this ABI
 * - Every function returns an int32_t status (APL_STATUS_TABLE) and writes its results through pointers. After any status but
 *   APL_OK, results are unchanged unless the function says otherwise, and apl_last_error holds a sentence about it.
 * - Only fixed-width types, pointers and opaque handles cross it. The caller allocates buffers and owns them.
 * - Structs start with struct_size, set by the caller to sizeof the struct it was compiled with; they only ever grow at the end.
 * - A handle belongs to one thread at a time; different handles may be used at once from different threads.
 * - Nothing here prints, exits, aborts, or keeps state beside its handles, the last error of each thread excepted.
 */
#ifndef APPLIANCE_H
#define APPLIANCE_H

#include <stdint.h>

#if defined(__GNUC__)
#define APL_API __attribute__((visibility("default")))
#else
#define APL_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when an existing function or struct changes meaning; additions leave it alone. */
#define APL_ABI_VERSION 1

/*
 * X(name, number, text). Numbers never change and are never reused.
 * 1-9 the caller or the machine, 10-29 audio input (FILE_NOT_FOUND and FILE_NOT_READABLE: any file), 30-39 files, 40-49 devices.
 */
#define APL_STATUS_TABLE(X) \
    X(OK, 0, "done") \
    X(INVALID_ARGUMENT, 1, "an argument is null or out of range") \
    X(STRUCT_SIZE, 2, "struct_size is not one that this library knows") \
    X(OUT_OF_MEMORY, 3, "out of memory") \
    X(BUFFER_TOO_SMALL, 4, "the buffer is too small for the result") \
    X(SIMD_UNAVAILABLE, 5, "this processor does not have that SIMD level") \
    X(INTERNAL, 6, "the library met a state that should not occur") \
    X(FILE_NOT_FOUND, 10, "no such file") \
    X(FILE_NOT_READABLE, 11, "the file may not be read") \
    X(FILE_IS_DIRECTORY, 12, "the path is a directory") \
    X(FILE_EMPTY, 13, "the file is empty (0 bytes)") \
    X(FORMAT_UNKNOWN, 14, "not an audio format that libsndfile, libFLAC or libmpg123 reads") \
    X(ENCODING_UNSUPPORTED, 15, "the container is known, its encoding is not") \
    X(FILE_DAMAGED, 16, "the audio header is damaged") \
    X(CHANNEL_COUNT, 17, "the file has no channel or more than 64") \
    X(SAMPLE_RATE, 18, "the sample rate is outside 1000 to 768000 Hz") \
    X(CHANNEL_ABSENT, 19, "the file does not have that channel") \
    X(READ_FAILED, 20, "reading the file failed") \
    X(PIPE_FORMAT, 21, "only uncompressed WAV, FLAC and MP3 can be read from a pipe") \
    X(RESAMPLER, 22, "the resampler failed") \
    X(FILE_LINK, 30, "the file could not be given a second name") \
    X(DEVICE_NOT_FOUND, 40, "no such capture device") \
    X(DEVICE_BUSY, 41, "another program uses the capture device") \
    X(DEVICE_DENIED, 42, "the capture device may not be used") \
    X(DEVICE_UNSUPPORTED, 43, "the capture device has no format, rate or channel that can be used") \
    X(DEVICE_FAILED, 44, "the capture device failed")

enum apl_status {
#define APL_STATUS_MEMBER(name, number, text) APL_##name = number,
    APL_STATUS_TABLE(APL_STATUS_MEMBER)
#undef APL_STATUS_MEMBER
};

/* ---- library ---- */

/* version: APL_ABI_VERSION the library was built with. */
APL_API int32_t apl_abi_version(int32_t *version);

/*
 * text: what a status means, a static UTF-8 string that the caller must not free. APL_INVALID_ARGUMENT for a number that is not in
 * the table (text is then a static "unknown status").
 */
APL_API int32_t apl_status_text(int32_t status, const char **text);

/*
 * Copies the calling thread's last error, UTF-8 with its terminating zero, into buffer (cut to capacity bytes, at a character).
 * length: bytes of the whole text without the zero; 0 when no call on this thread has failed. buffer may be null with capacity 0.
 * Does not clear it; a later failure overwrites it, a later success does not.
 */
APL_API int32_t apl_last_error(char *buffer, int32_t capacity, int32_t *length);

/* ---- SIMD ---- */

/* Levels of the vectorised kernels. AUTO takes the best that processor and build have. */
enum apl_simd_level {
    APL_SIMD_AUTO = 0,
    APL_SIMD_SCALAR = 1,
    APL_SIMD_AVX2 = 2, /* AVX2 and FMA, x64 */
    APL_SIMD_AVX512 = 3, /* AVX-512 F, DQ, BW, VL, x64 */
    APL_SIMD_NEON = 4 /* arm64 */
};

/* level: what APL_SIMD_AUTO means here (enum apl_simd_level, never AUTO). */
APL_API int32_t apl_simd_best(int32_t *level);

/* ---- files ---- */

/* Which file a path means: as long as all of this is the same, nobody has written to the file or put another in its place. */
typedef struct apl_file_identity {
    uint32_t struct_size;
    uint32_t mode; /* st_mode: type and permissions */
    uint64_t device;
    uint64_t inode;
    int64_t bytes;
    int64_t modified_ns; /* last write, since 1970 UTC */
    int64_t changed_ns; /* last change of content, permissions or names, since 1970 UTC; can't be set back */
} apl_file_identity;

/* Follows symbolic links. The caller sets identity->struct_size. APL_FILE_NOT_FOUND, APL_FILE_NOT_READABLE. */
APL_API int32_t apl_file_identify(const char *path, apl_file_identity *identity);

/* Gives a file a second name (a hard link). APL_FILE_LINK: another device, no permission, the name is taken, ... */
APL_API int32_t apl_file_link(const char *existing, const char *name);

/* ---- audio files ---- */

/* An open audio file that is read as 16 kHz mono float32. */
typedef struct apl_audio_file apl_audio_file;

typedef struct apl_audio_file_config {
    uint32_t struct_size;
    int32_t channel; /* 0-based channel to take; -1: the mean of all */
} apl_audio_file_config;

typedef struct apl_audio_file_info {
    uint32_t struct_size;
    int32_t sample_rate_hz; /* of the file as stored */
    int32_t channels; /* of the file as stored */
    int32_t is_pipe; /* 1: read once, front to back */
    int64_t declared_frames; /* sample frames that the header promises; -1: it does not say */
} apl_audio_file_info;

typedef struct apl_audio_file_statistics {
    uint32_t struct_size;
    int32_t channel_used; /* 0-based; -1: the mean of all */
    int32_t cancelled_channels; /* 1: the mean was more than 20 dB below the loudest channel, which is used instead */
    int32_t decoder_errors; /* 1: the decoder met damage; what could be decoded was delivered */
    int64_t source_frames; /* sample frames decoded so far, at the file's rate */
    int64_t non_finite_samples; /* samples over all channels that are NaN, infinite or beyond 2^50, and were set to 0 */
    int64_t declared_shortfall_frames; /* declared and not there; 0 until the end has been read */
} apl_audio_file_statistics;

/*
 * Opens a file, or a pipe (FIFO, /proc/self/fd/N) that carries uncompressed WAV, FLAC or MP3. path: UTF-8 bytes as the kernel takes them.
 * Format by content, never by name: all that libsndfile reads (WAV, RF64, AIFF, AU, CAF, Ogg Vorbis and Opus, ...), FLAC and MP3.
 * Sizes in headers are hints: memory does not depend on them; a WAV whose data size is 0, unknown, outdated, or wrapped at 4 GiB is read
 * to its end, and so are FLAC and MP3 that hold more than they say. With channel -1 and several channels up to 10 minutes are decoded
 * here to find channels that cancel each other (of a pipe, what fits 4 MiB). Opening a FIFO waits for its writer.
 * Returns APL_FILE_*, APL_FORMAT_UNKNOWN, APL_ENCODING_UNSUPPORTED, APL_CHANNEL_*, APL_SAMPLE_RATE, APL_PIPE_FORMAT, APL_READ_FAILED,
 * APL_OUT_OF_MEMORY. A valid header without samples is APL_OK and 0 samples.
 */
APL_API int32_t apl_audio_file_open(const char *path, const apl_audio_file_config *config, apl_audio_file **file);

/* info: the file as stored. The caller sets info->struct_size. */
APL_API int32_t apl_audio_file_get_info(const apl_audio_file *file, apl_audio_file_info *info);

/* Container and encoding as text ("WAV, 16-bit PCM"), with apl_last_error's buffer rules. */
APL_API int32_t apl_audio_file_get_format(const apl_audio_file *file, char *buffer, int32_t capacity, int32_t *length);

/*
 * Reads the next samples: 16 kHz mono float32, 1.0 full scale (integer samples are value / 2^(bits-1); float samples are not clipped).
 * A file that is stored as 16 kHz mono comes through unchanged. count: samples written, capacity until the last block; 0 at the end.
 */
APL_API int32_t apl_audio_file_read(apl_audio_file *file, float *samples, int64_t capacity, int64_t *count);

/* What was met so far. The caller sets statistics->struct_size. */
APL_API int32_t apl_audio_file_get_statistics(const apl_audio_file *file, apl_audio_file_statistics *statistics);

/* Closes the file and frees the handle; null is allowed. */
APL_API int32_t apl_audio_file_close(apl_audio_file *file);

/* ---- resampling ---- */

/* Mono float32 at one rate to 16 kHz, as a stream (libsoxr, high quality, linear phase). */
typedef struct apl_resampler apl_resampler;

/* rate_hz: 1000 to 768000, else APL_SAMPLE_RATE. At 16000 samples come through unchanged. */
APL_API int32_t apl_resampler_create(int32_t rate_hz, apl_resampler **resampler);

/*
 * Takes samples and writes those of the result that they complete. taken: samples used, count: samples written; both may be less than
 * offered when the other side is full. With input null what is left comes out, until count is 0; then it starts anew. Allocates
 * nothing after the first calls. APL_RESAMPLER.
 */
APL_API int32_t apl_resampler_process(apl_resampler *resampler, const float *input, int64_t input_count, int64_t *taken, float *output,
                                      int64_t capacity, int64_t *count);

/* Frees the handle; null is allowed. */
APL_API int32_t apl_resampler_destroy(apl_resampler *resampler);

/* ---- capture ---- */

/*
 * A capture device (ALSA), read by a thread of its own into a ring of 30 s, from which the caller pulls 16 kHz mono float32. Two threads
 * may use one handle: one reads, another mutes.
 */
typedef struct apl_capture apl_capture;

typedef struct apl_capture_config {
    uint32_t struct_size;
    int32_t channel; /* 0-based channel to take; -1: the mean of all */
    int32_t muted; /* 1: no sample is read from the device before apl_capture_set_muted(0) */
    int32_t waits_for_reader; /* 1: a full ring stops reading instead of losing; for PCMs that do not run by the clock */
    int32_t period_ms; /* wanted; 0: 20 */
    int32_t buffer_ms; /* wanted, of the device; 0: 500 */
    int32_t ring_ms; /* 0: 30000 */
} apl_capture_config;

typedef struct apl_capture_info {
    uint32_t struct_size;
    int32_t sample_rate_hz; /* granted by the device, checked */
    int32_t channels;
    int32_t bits; /* of a sample as the device gives it; 32 also for float */
    int32_t is_converted; /* 1: through ALSA's plug layer, because the device has no common format of its own (rates are never converted) */
    int32_t period_frames;
    int32_t buffer_frames;
} apl_capture_info;

typedef struct apl_capture_statistics {
    uint32_t struct_size;
    int32_t channel_used; /* 0-based; -1: the mean of all */
    int32_t cancelled_channels; /* 1: the mean was more than 20 dB below the loudest channel, which is used instead */
    int32_t is_realtime; /* 1: the thread got real-time priority */
    int64_t captured_frames; /* sample frames read, at the device's rate */
    int64_t lost_frames; /* sample frames lost, all causes */
    int64_t xruns; /* overruns of the device's buffer */
    int64_t suspends; /* the system slept */
    int64_t stalls; /* nothing came for two seconds and the device was started anew */
    int64_t ring_overruns; /* times the ring was full because nobody read */
    int64_t measured_rate_mhz; /* millihertz by the monotonic clock, since the last start; 0 in the first ten seconds */
} apl_capture_statistics;

enum apl_capture_event {
    APL_CAPTURE_IDLE = 0, /* nothing came within the time */
    APL_CAPTURE_SAMPLES = 1, /* count samples were written */
    APL_CAPTURE_LOST = 2, /* here count samples are missing from the timeline */
    APL_CAPTURE_MUTED = 3, /* here the device was muted for count samples */
    APL_CAPTURE_GONE = 4 /* the device went away or can't be recovered (error says why); nothing more will come */
};

typedef struct apl_capture_result {
    uint32_t struct_size;
    int32_t event; /* enum apl_capture_event */
    int64_t count; /* 16 kHz samples */
    int64_t captured_ns; /* CLOCK_MONOTONIC at which the last of these samples was captured */
    int32_t error; /* errno, for GONE */
    int32_t reserved;
} apl_capture_result;

/*
 * The devices that can capture, a line each, with apl_last_error's buffer rules:
 * card number TAB device number TAB card id TAB card name TAB device name LF. Empty without any.
 */
APL_API int32_t apl_capture_list(char *buffer, int32_t capacity, int32_t *length);

/*
 * Opens a device by its ALSA name ("hw:CARD=C920", "default") and starts its thread. A "hw:" device that has no common format is opened as
 * "plughw:". Rates are taken as near to 16 kHz as the device itself has them and resampled here.
 * APL_DEVICE_*, APL_CHANNEL_ABSENT, APL_OUT_OF_MEMORY.
 */
APL_API int32_t apl_capture_open(const char *device, const apl_capture_config *config, apl_capture **capture);

/* What was granted. The caller sets info->struct_size. */
APL_API int32_t apl_capture_get_info(const apl_capture *capture, apl_capture_info *info);

/*
 * Waits up to timeout_ms for what comes next in the order of the timeline. The caller sets result->struct_size. capacity: at least 512.
 * The sum of all counts is the length of the timeline. Allocates nothing in steady state.
 */
APL_API int32_t apl_capture_read(apl_capture *capture, float *samples, int64_t capacity, int32_t timeout_ms, apl_capture_result *result);

/*
 * Mutes or unmutes. When it returns after muting, the device is stopped and no further sample of it reaches the process; what was
 * captured before may still be read. APL_DEVICE_FAILED when the device did not stop within two seconds.
 */
APL_API int32_t apl_capture_set_muted(apl_capture *capture, int32_t muted);

/* What was met so far; from any thread. The caller sets statistics->struct_size. */
APL_API int32_t apl_capture_get_statistics(const apl_capture *capture, apl_capture_statistics *statistics);

/* Ends the thread, closes the device, wipes the ring and frees the handle; null is allowed. */
APL_API int32_t apl_capture_close(apl_capture *capture);

/* ---- log-mel ---- */

/*
 * Streaming log-mel power spectrogram of 16 kHz mono audio (openai/whisper audio.py): real FFT of 400 samples under a periodic Hann
 * window every 160 samples, power, Slaney mel bank 0-8000 Hz, log10(max(power, 1e-10)). Mel frame k covers samples 160k-200 to 160k+200,
 * the samples before the first being its mirror image. Results do not depend on how the samples are cut into calls.
 */
typedef struct apl_log_mel apl_log_mel;

typedef struct apl_log_mel_config {
    uint32_t struct_size;
    int32_t mel_count; /* 80 or 128 */
    int32_t simd_level; /* enum apl_simd_level */
} apl_log_mel_config;

/* APL_SIMD_UNAVAILABLE when simd_level names one that this processor or build does not have. */
APL_API int32_t apl_log_mel_create(const apl_log_mel_config *config, apl_log_mel **log_mel);

/*
 * Takes samples and writes the mel frames that they complete: frames, shape [n_frames, mel_count], float32, row-major, not normalised.
 * capacity_frames: room in frames; sample_count / 160 + 4 is always enough. count: frames written.
 * APL_BUFFER_TOO_SMALL takes nothing. Allocates nothing.
 */
APL_API int32_t apl_log_mel_append(apl_log_mel *log_mel, const float *samples, int64_t sample_count, float *frames,
                                   int64_t capacity_frames, int64_t *count);

/*
 * Writes the frames that still overlap the end of the samples so far (at most 4), as if digital silence followed. The samples stay:
 * apl_log_mel_append may go on after it as if it had not been called.
 */
APL_API int32_t apl_log_mel_finish(apl_log_mel *log_mel, float *frames, int64_t capacity_frames, int64_t *count);

/* Forgets all samples; the next one is the first of a new recording. */
APL_API int32_t apl_log_mel_reset(apl_log_mel *log_mel);

/*
 * maximum: the largest value over the frames that apl_log_mel_append has written, and those of apl_log_mel_finish if that was the last
 * call; -10, the value of digital silence, without any.
 */
APL_API int32_t apl_log_mel_get_maximum(const apl_log_mel *log_mel, float *maximum);

/* Frees the handle; null is allowed. */
APL_API int32_t apl_log_mel_destroy(apl_log_mel *log_mel);

/*
 * Whisper's scaling, transposed: window[m][f] = (max(frames[f][m], maximum - 8) + 4) / 4 for f < frame_count.
 * frames: shape [frame_count, mel_count]; window: shape [mel_count, window_frames], of which only the first frame_count columns are
 * written. mel_count: any from 1. maximum: log10 power, usually over the whole recording.
 */
APL_API int32_t apl_log_mel_normalize(const float *frames, int64_t frame_count, int32_t mel_count, float maximum, float *window,
                                      int64_t window_frames);

#ifdef __cplusplus
}
#endif

#endif
