namespace Appliance.Native;

/// <summary>Vector instructions that a kernel may use; numbers as in native/include/appliance.h.</summary>
public enum SimdLevel
{
    /// <summary>The best that processor and build have.</summary>
    Auto = 0,

    /// <summary>None.</summary>
    Scalar = 1,

    /// <summary>AVX2 and FMA (x64).</summary>
    Avx2 = 2,

    /// <summary>AVX-512 F, DQ, BW and VL (x64).</summary>
    Avx512 = 3,

    /// <summary>NEON (arm64).</summary>
    Neon = 4,
}
