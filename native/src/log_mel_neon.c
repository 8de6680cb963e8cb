#define LANES 4
#define KERNEL apl_mel_kernel_neon
#include "log_mel_kernel.h"
