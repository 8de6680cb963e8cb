/* Which vector instructions this processor has. */
#ifndef APL_SIMD_H
#define APL_SIMD_H

#include "appliance.h"

/* A level that can run here: the one asked for, or the best for APL_SIMD_AUTO. -1 when the one asked for can't. */
int32_t apl_simd_resolve(int32_t level);

#endif
