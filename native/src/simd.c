#include "simd.h"

#if defined(__x86_64__)

static int has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static int has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

int32_t apl_simd_resolve(int32_t level)
{
    switch (level) {
    case APL_SIMD_AUTO:
        return has_avx512() ? APL_SIMD_AVX512 : has_avx2() ? APL_SIMD_AVX2 : APL_SIMD_SCALAR;
    case APL_SIMD_SCALAR:
        return level;
    case APL_SIMD_AVX2:
        return has_avx2() ? level : -1;
    case APL_SIMD_AVX512:
        return has_avx512() ? level : -1;
    default:
        return -1;
    }
}

#elif defined(__aarch64__)

/* NEON is part of the base instruction set of arm64. */
int32_t apl_simd_resolve(int32_t level)
{
    return level == APL_SIMD_AUTO ? APL_SIMD_NEON : level == APL_SIMD_SCALAR || level == APL_SIMD_NEON ? level : -1;
}

#else

int32_t apl_simd_resolve(int32_t level)
{
    return level == APL_SIMD_AUTO || level == APL_SIMD_SCALAR ? APL_SIMD_SCALAR : -1;
}

#endif
