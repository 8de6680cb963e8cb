#include "simd.h"
#include "status.h"

#include <stddef.h>

int32_t apl_abi_version(int32_t *version)
{
    if (version == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "version is null");
    }
    *version = APL_ABI_VERSION;
    return APL_OK;
}

int32_t apl_simd_best(int32_t *level)
{
    if (level == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "level is null");
    }
    *level = apl_simd_resolve(APL_SIMD_AUTO);
    return APL_OK;
}
