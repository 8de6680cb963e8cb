#define LANES 8
#define KERNEL apl_mel_kernel_avx2
#include "log_mel_kernel.h"
