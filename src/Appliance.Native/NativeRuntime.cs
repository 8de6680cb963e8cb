using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>The loaded libappliance.so. The first use of this or any other class here loads it and checks its ABI version.</summary>
/// <exception cref="NativeException">From any member: the library is missing or of another version; the message says how to build it.</exception>
public static class NativeRuntime
{
    /// <summary>Full path of the library in use.</summary>
    public static string LibraryPath => NativeLibraryLoader.Loaded.Path;

    /// <summary>ABI version of the library in use; always the one that this assembly was written for.</summary>
    public static int AbiVersion => NativeLibraryLoader.Loaded.AbiVersion;

    /// <summary>What <see cref="Appliance.Native.SimdLevel.Auto"/> means on this processor: avx512, avx2, neon or scalar.</summary>
    public static string SimdLevel => BestSimdLevel switch
    {
        Native.SimdLevel.Avx2 => "avx2",
        Native.SimdLevel.Avx512 => "avx512",
        Native.SimdLevel.Neon => "neon",
        _ => "scalar",
    };

    /// <summary>What <see cref="Appliance.Native.SimdLevel.Auto"/> means on this processor.</summary>
    public static SimdLevel BestSimdLevel
    {
        get
        {
            NativeLibraryLoader.EnsureLoaded();
            NativeException.ThrowIfFailed(NativeMethods.SimdBest(out int level));
            return (SimdLevel)level;
        }
    }
}
