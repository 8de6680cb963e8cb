/* Log-mel the slow way: a plain DFT in double precision, the filter bank from its definition. What the kernels are judged by. */
#ifndef APL_TEST_LOG_MEL_REFERENCE_H
#define APL_TEST_LOG_MEL_REFERENCE_H

#include <stdint.h>

/* frame[m] = log10(max(mel power, 1e-10)) of mel frame k of a recording that is followed by silence. */
void reference_frame(const float *samples, int64_t count, int64_t k, int32_t mels, double *frame);

#endif
