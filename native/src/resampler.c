/* apl_resampler: libsoxr for one channel, as a stream that can be ended and begun anew. */
#include "appliance.h"
#include "status.h"

#include <soxr.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_RATE_HZ = 16000, LEAST_RATE_HZ = 1000, MOST_RATE_HZ = 768000 };

struct apl_resampler {
    soxr_t soxr; /* null at 16 kHz */
};

int32_t apl_resampler_create(int32_t rate_hz, apl_resampler **resampler)
{
    if (resampler == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "resampler is null");
    }
    if (rate_hz < LEAST_RATE_HZ || rate_hz > MOST_RATE_HZ) {
        return apl_fail(APL_SAMPLE_RATE, "a sample rate of %d Hz; %d to %d Hz can be resampled", rate_hz, LEAST_RATE_HZ, MOST_RATE_HZ);
    }
    apl_resampler *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "no memory for a resampler");
    }
    if (rate_hz != OUTPUT_RATE_HZ) {
        soxr_error_t error = NULL;
        soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
        soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
        soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
        made->soxr = soxr_create(rate_hz, OUTPUT_RATE_HZ, 1, &error, &io, &quality, &runtime);
        if (made->soxr == NULL) {
            free(made);
            return apl_fail(APL_RESAMPLER, "libsoxr can't resample from %d Hz: %s", rate_hz, soxr_strerror(error));
        }
    }
    *resampler = made;
    return APL_OK;
}

static int32_t process(apl_resampler *resampler, const float *input, int64_t input_count, int64_t *taken, float *output, int64_t capacity,
                       int64_t *count)
{
    size_t used = 0;
    size_t made = 0;
    soxr_error_t error = soxr_process(resampler->soxr, input, (size_t)input_count, &used, output, (size_t)capacity, &made);
    if (error != NULL) {
        return apl_fail(APL_RESAMPLER, "libsoxr failed: %s", soxr_strerror(error));
    }
    *taken = (int64_t)used;
    *count = (int64_t)made;
    return APL_OK;
}

int32_t apl_resampler_process(apl_resampler *resampler, const float *input, int64_t input_count, int64_t *taken, float *output,
                              int64_t capacity, int64_t *count)
{
    if (resampler == NULL || taken == NULL || output == NULL || count == NULL || capacity <= 0 || input_count < 0) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_resampler_process: an argument is null or out of range");
    }
    if (resampler->soxr == NULL) {
        int64_t copied = input == NULL ? 0 : input_count < capacity ? input_count : capacity;
        if (copied > 0) {
            memcpy(output, input, (size_t)copied * sizeof *output);
        }
        *taken = copied;
        *count = copied;
        return APL_OK;
    }
    if (input != NULL) {
        return process(resampler, input, input_count, taken, output, capacity, count);
    }
    int32_t status = process(resampler, NULL, 0, taken, output, capacity, count);
    if (status == APL_OK && *count == 0) {
        soxr_clear(resampler->soxr);
    }
    return status;
}

int32_t apl_resampler_destroy(apl_resampler *resampler)
{
    if (resampler != NULL) {
        soxr_delete(resampler->soxr);
        free(resampler);
    }
    return APL_OK;
}
