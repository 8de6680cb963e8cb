/* Whisper's scaling of a log-mel window, from frame-major to mel-major. */
#include "status.h"

#include <stddef.h>

#define BLOCK 16 /* frames by mels moved at once, so that both sides stay in the first-level cache */

static void scale_block(const float *frames, int64_t frame_count, int32_t mel_count, int32_t mels, float lowest, float *window,
                        int64_t window_frames)
{
    for (int32_t m = 0; m < mels; m++) {
        for (int64_t f = 0; f < frame_count; f++) {
            float value = frames[f * mel_count + m];
            window[m * window_frames + f] = ((value > lowest ? value : lowest) + 4.0f) * 0.25f;
        }
    }
}

int32_t apl_log_mel_normalize(const float *frames, int64_t frame_count, int32_t mel_count, float maximum, float *window,
                              int64_t window_frames)
{
    if (frame_count < 0 || mel_count < 1 || frame_count > window_frames || (frame_count > 0 && (frames == NULL || window == NULL))) {
        return apl_fail(APL_INVALID_ARGUMENT, "frames or window is null, or %lld frames do not fit a window of %lld",
                        (long long)frame_count, (long long)window_frames);
    }
    float lowest = maximum - 8.0f;
    for (int64_t f = 0; f < frame_count; f += BLOCK) {
        int64_t frames_here = frame_count - f < BLOCK ? frame_count - f : BLOCK;
        for (int32_t m = 0; m < mel_count; m += BLOCK) {
            int32_t mels_here = mel_count - m < BLOCK ? mel_count - m : BLOCK;
            scale_block(frames + f * mel_count + m, frames_here, mel_count, mels_here, lowest, window + m * window_frames + f,
                        window_frames);
        }
    }
    return APL_OK;
}
