using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>NVIDIA's driver library, asked without starting CUDA.</summary>
public static unsafe class CudaDriver
{
    private const string Library = "libcuda.so.1";

    /// <summary>Whether the library is installed.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(Library, out _);

    /// <summary>The CUDA version that the driver supports, 1000 × major + 10 × minor; null when there is no driver or it does not say.</summary>
    public static int? Version
    {
        get
        {
            int version;
            return NativeLibrary.TryLoad(Library, out nint handle)
                && NativeLibrary.TryGetExport(handle, "cuDriverGetVersion", out nint export)
                && ((delegate* unmanaged<int*, int>)export)(&version) == 0
                && version > 0
                    ? version
                    : null;
        }
    }
}
