/* How a test speaks with the PCM of paced_pcm.c: a file that both map. */
#ifndef APL_PACED_PCM_H
#define APL_PACED_PCM_H

#include <stdatomic.h>
#include <stdint.h>

struct paced_control {
    _Atomic int32_t raise; /* errno that the next reading gives, once; then 0 again */
    _Atomic int32_t refuse; /* errno that opening gives as long as it is not 0 */
    _Atomic int32_t starts; /* times that it was started */
    _Atomic int32_t is_running;
    _Atomic int64_t epoch_ns; /* CLOCK_MONOTONIC of sample 0; set by the first start */
};

#endif
