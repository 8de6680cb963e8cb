#define LANES 1
#define KERNEL apl_mel_kernel_scalar
#include "log_mel_kernel.h"
