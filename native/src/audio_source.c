#include "audio_source.h"

#include "status.h"

#include <pthread.h>
#include <string.h>

/* libsndfile keeps the error of a failed open in one variable for the whole process. */
static pthread_mutex_t open_lock = PTHREAD_MUTEX_INITIALIZER;

static sf_count_t stream_length(void *user)
{
    return ((struct byte_stream *)user)->length;
}

static sf_count_t stream_seek(sf_count_t offset, int whence, void *user)
{
    return apl_byte_stream_seek(user, offset, whence);
}

static sf_count_t stream_read(void *buffer, sf_count_t bytes, void *user)
{
    return apl_byte_stream_read(user, buffer, bytes);
}

static sf_count_t stream_write(const void *buffer, sf_count_t bytes, void *user)
{
    (void)buffer, (void)bytes, (void)user;
    return 0;
}

static sf_count_t stream_tell(void *user)
{
    return ((struct byte_stream *)user)->position;
}

static SF_VIRTUAL_IO stream_callbacks = {stream_length, stream_seek, stream_read, stream_write, stream_tell};

static int32_t open_failure(const struct byte_stream *stream, int error, const char *text)
{
    if (stream->read_error != 0) {
        return apl_fail(APL_READ_FAILED, "reading failed: %s", strerror(stream->read_error));
    }
    switch (error) {
    case SF_ERR_NO_ERROR:
    case SF_ERR_UNRECOGNISED_FORMAT:
        return apl_fail(APL_FORMAT_UNKNOWN, "not an audio format that libsndfile, libFLAC or libmpg123 reads");
    case SF_ERR_UNSUPPORTED_ENCODING:
        return apl_fail(APL_ENCODING_UNSUPPORTED, "the container is known, its encoding is not: %s", text);
    default:
        return apl_fail(APL_FILE_DAMAGED, "the audio header is damaged: %s", text);
    }
}

static int32_t open_decoder(struct audio_source *source)
{
    pthread_mutex_lock(&open_lock);
    source->decoder = sf_open_virtual(&stream_callbacks, SFM_READ, &source->info, &source->stream);
    int32_t status = source->decoder != NULL ? APL_OK : open_failure(&source->stream, sf_error(NULL), sf_strerror(NULL));
    pthread_mutex_unlock(&open_lock);
    return status;
}

static void close_decoder(struct audio_source *source)
{
    if (source->decoder != NULL) {
        sf_close(source->decoder);
        source->decoder = NULL;
    }
    apl_flac_decoder_close(source->flac);
    apl_mp3_decoder_close(source->mp3);
    source->flac = NULL;
    source->mp3 = NULL;
}

/*
 * Plain WAV is handed to libsndfile as raw samples from where audio_header.h found them to where they end, because libsndfile
 * itself believes sizes that are 0, placeholders, or wrapped, and needs to seek.
 */
static int32_t open_raw(struct audio_source *source)
{
    const struct audio_header *header = &source->header;
    source->info = (SF_INFO){.format = header->raw_format, .channels = header->channels, .samplerate = (int)header->sample_rate_hz};
    apl_byte_stream_window(&source->stream, header->data_offset, header->data_bytes);
    return open_decoder(source);
}

static int32_t open_mp3(struct audio_source *source)
{
    int32_t status = apl_mp3_decoder_open(&source->stream, &source->header.mp3, &source->mp3);
    if (status == APL_OK) {
        source->info.format = APL_FORMAT_MPEG | (APL_FORMAT_MPEG_LAYER_I + source->header.mp3.layer - 1);
        source->info.channels = apl_mp3_decoder_channels(source->mp3);
        source->info.samplerate = apl_mp3_decoder_sample_rate_hz(source->mp3);
    }
    return status;
}

static int flac_encoding(int32_t bits)
{
    return bits <= 8 ? SF_FORMAT_PCM_S8 : bits <= 16 ? SF_FORMAT_PCM_16 : bits <= 24 ? SF_FORMAT_PCM_24 : SF_FORMAT_PCM_32;
}

static int32_t open_flac(struct audio_source *source)
{
    int32_t status = apl_flac_decoder_open(&source->stream, &source->flac);
    if (status == APL_OK) {
        source->info.format = SF_FORMAT_FLAC | flac_encoding(apl_flac_decoder_bits(source->flac));
        source->info.channels = apl_flac_decoder_channels(source->flac);
        source->info.samplerate = apl_flac_decoder_sample_rate_hz(source->flac);
    }
    return status;
}

static int32_t open_by_content(struct audio_source *source)
{
    source->info = (SF_INFO){0};
    apl_byte_stream_window(&source->stream, 0, -1);
    return open_decoder(source);
}

static int32_t check_limits(int64_t channels, int64_t sample_rate_hz)
{
    if (channels < 1 || channels > APL_MAX_CHANNELS) {
        return apl_fail(APL_CHANNEL_COUNT, "the file says %lld channels; 1 to %d are read", (long long)channels, APL_MAX_CHANNELS);
    }
    if (sample_rate_hz < APL_MIN_RATE_HZ || sample_rate_hz > APL_MAX_RATE_HZ) {
        return apl_fail(APL_SAMPLE_RATE, "the file says %lld Hz; %d to %d Hz are read", (long long)sample_rate_hz, APL_MIN_RATE_HZ,
                        APL_MAX_RATE_HZ);
    }
    return APL_OK;
}

static int32_t start(struct audio_source *source)
{
    source->decoder_error = 0;
    if (source->header.is_mp3) {
        return open_mp3(source);
    }
    if (source->header.is_flac) {
        return open_flac(source);
    }
    if (source->header.is_wav && source->header.raw_format != 0) {
        return open_raw(source);
    }
    if (source->header.is_other_mpeg) { /* libsndfile would take it for MP3, and print about it */
        return apl_fail(APL_FORMAT_UNKNOWN, "not an audio format that libsndfile, libFLAC or libmpg123 reads");
    }
    if (source->stream.is_pipe) {
        return apl_fail(APL_PIPE_FORMAT, "only uncompressed WAV, FLAC and MP3 can be read from a pipe: save it to a file first");
    }
    return open_by_content(source);
}

static int64_t declared_frames(const struct audio_source *source)
{
    if (source->header.is_wav || source->header.is_flac || source->header.is_mp3 || source->header.declared_frames != APL_UNKNOWN) {
        return source->header.declared_frames;
    }
    return source->info.frames < SF_COUNT_MAX / 4 ? source->info.frames : APL_UNKNOWN;
}

int32_t apl_audio_source_open(struct audio_source *source, const char *path)
{
    memset(source, 0, sizeof *source);
    int32_t status = apl_byte_stream_open(&source->stream, path);
    if (status != APL_OK) {
        return status;
    }
    apl_audio_header_read(&source->stream, &source->header);
    if (source->header.channels != APL_UNKNOWN) {
        status = check_limits(source->header.channels, source->header.sample_rate_hz);
    }
    if (status == APL_OK) {
        status = start(source);
    }
    if (status == APL_OK) {
        status = check_limits(source->info.channels, source->info.samplerate);
    }
    if (status != APL_OK) {
        apl_audio_source_close(source);
        return status;
    }
    source->declared_frames = declared_frames(source);
    return APL_OK;
}

void apl_audio_source_close(struct audio_source *source)
{
    close_decoder(source);
    apl_byte_stream_close(&source->stream);
}

int32_t apl_audio_source_restart(struct audio_source *source)
{
    close_decoder(source);
    return start(source);
}

int32_t apl_audio_source_read(struct audio_source *source, float *interleaved, int64_t frames, int64_t *got)
{
    if (source->mp3 != NULL) {
        *got = apl_mp3_decoder_read(source->mp3, interleaved, frames, &source->decoder_error);
    } else if (source->flac != NULL) {
        *got = apl_flac_decoder_read(source->flac, interleaved, frames, &source->decoder_error);
    } else {
        *got = sf_readf_float(source->decoder, interleaved, frames);
    }
    if (*got < 0) {
        *got = 0;
    }
    if (*got < frames && source->stream.read_error != 0) {
        return apl_fail(APL_READ_FAILED, "reading failed: %s", strerror(source->stream.read_error));
    }
    if (*got < frames && source->decoder != NULL && sf_error(source->decoder) != SF_ERR_NO_ERROR) {
        source->decoder_error = 1;
    }
    return APL_OK;
}
