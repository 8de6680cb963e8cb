using Appliance.Inference.Sessions;

namespace Appliance.Inference.Providers;

/// <summary>What CUDA and TensorRT have in common: looked at from the outside, nothing of them is started.</summary>
internal static class NvidiaProbe
{
    // desktop and server GPUs; boards of the Jetson kind up to JetPack 5, and from 6 on
    private static readonly string[] DevicePatterns = ["nvidia[0-9]*", "nvhost-gpu", "nvhost-ctrl-gpu", "nvgpu"];

    public static ProviderReport Run(string name, string ortName, string library, ProbeContext context)
    {
        ProviderReport PassedOver(string reason, string text) => new(name, Used: false, reason, text);
        if (!context.BuiltIn.Contains(ortName))
        {
            return PassedOver(ProviderReasons.NotBuiltIn, $"the ONNX Runtime in {context.RuntimeFolder} was built without it: name a folder with one that has it in inference.onnxRuntimeDirectory");
        }

        if (!HasDevice(context.DeviceFolder))
        {
            return PassedOver(ProviderReasons.NoDevice, $"no NVIDIA GPU in {context.DeviceFolder}: install its driver, or give the container the GPU");
        }

        if (context.CudaDriverVersion() is not { } driver)
        {
            return PassedOver(ProviderReasons.LibraryMissing, "libcuda.so.1 can't be loaded: install the NVIDIA driver's libraries");
        }

        string path = Path.Combine(context.RuntimeFolder, library);
        return File.Exists(path)
            ? ProbeLibraries(path, driver, context) is { } fault ? PassedOver(fault.Reason, fault.Text) : new(name, Used: true, ProviderReasons.Ok, $"NVIDIA GPU, driver for CUDA {Version(driver)}")
            : PassedOver(ProviderReasons.LibraryMissing, $"{path} is missing: install it beside libonnxruntime.so");
    }

    private static (string Reason, string Text)? ProbeLibraries(string path, int driver, ProbeContext context)
    {
        IReadOnlyList<string> needed = ElfFile.NeededLibraries(path);
        if (CudaMajor(needed) is { } major && driver / 1000 < major)
        {
            return (ProviderReasons.DriverTooOld, $"the NVIDIA driver supports CUDA {Version(driver)}, {path} needs CUDA {major}: update the driver");
        }

        string[] missing = [.. needed.Where(library => !File.Exists(Path.Combine(context.RuntimeFolder, library)) && !context.CanLoad(library))];
        return missing.Length == 0 ? null : (ProviderReasons.LibraryMissing, $"{path} needs {string.Join(", ", missing)}: install the packages that hold them");
    }

    private static bool HasDevice(string folder) =>
        Directory.Exists(folder) && DevicePatterns.Any(pattern => pattern.EndsWith("[0-9]*", StringComparison.Ordinal)
            ? Directory.EnumerateFileSystemEntries(folder, pattern.Replace("[0-9]*", "*", StringComparison.Ordinal)).Any(path => char.IsAsciiDigit(path[^1]))
            : Path.Exists(Path.Combine(folder, pattern)));

    /// <summary>The CUDA that a library was built for, by the runtime library that it names.</summary>
    private static int? CudaMajor(IReadOnlyList<string> needed)
    {
        const string Prefix = "libcudart.so.";
        string? runtime = needed.FirstOrDefault(library => library.StartsWith(Prefix, StringComparison.Ordinal));
        return int.TryParse(runtime?[Prefix.Length..].Split('.')[0], out int major) ? major : null;
    }

    private static string Version(int cuda) => $"{cuda / 1000}.{cuda % 1000 / 10}";
}
