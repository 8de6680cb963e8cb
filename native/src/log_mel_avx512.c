#define LANES 16
#define KERNEL apl_mel_kernel_avx512
#include "log_mel_kernel.h"
