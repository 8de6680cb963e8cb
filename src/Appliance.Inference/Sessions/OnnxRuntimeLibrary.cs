using System.Reflection;
using System.Runtime.InteropServices;
using Appliance.Native;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>A libonnxruntime.so that was loaded and found fit for the managed half of ONNX Runtime.</summary>
/// <param name="Handle">Of the loaded library, which is never unloaded.</param>
/// <param name="Path">Its full path; where the system's loader found it by itself, just the file name.</param>
/// <param name="Version">What it says of itself.</param>
internal sealed record OnnxRuntimeLibrary(nint Handle, string Path, string Version)
{
    private const string FileName = "libonnxruntime.so";
    private const string HowToRestore = "install the package again, or build the project again";

    /// <summary>The version that the managed half was made for: a native library may be newer, not older.</summary>
    public static string NeededVersion { get; } = typeof(OnnxRuntimeLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "OnnxRuntimeVersion").Value!;

    /// <summary>Loads the library of a folder, or the program's own, and checks its version. Nothing of it is started.</summary>
    /// <exception cref="InferenceException">RuntimeMissing or RuntimeTooOld.</exception>
    public static OnnxRuntimeLibrary Load(string? directory)
    {
        string? path = string.IsNullOrEmpty(directory) ? FindOwn() : System.IO.Path.Combine(System.IO.Path.GetFullPath(directory), FileName);
        string remedy = string.IsNullOrEmpty(directory) ? HowToRestore : "correct or remove inference.onnxRuntimeDirectory";
        if (path is not null && !File.Exists(path))
        {
            throw new InferenceException(InferenceError.RuntimeMissing, $"{path} is missing: {remedy}");
        }

        nint handle = Open(path, remedy);
        OnnxRuntimeBase library = OnnxRuntimeBase.TryRead(handle)
            ?? throw new InferenceException(InferenceError.RuntimeMissing, $"{path ?? FileName} is not ONNX Runtime: {remedy}");
        int neededApi = ApiOf(NeededVersion) ?? 0;
        if (ApiOf(library.Version) < neededApi || !library.HasApi(neededApi))
        {
            throw new InferenceException(
                InferenceError.RuntimeTooOld,
                $"{path ?? FileName} is ONNX Runtime {library.Version}, this program needs {NeededVersion} or newer: install that version there, or {remedy}");
        }

        return new(handle, path ?? FileName, library.Version);
    }

    /// <summary>ONNX Runtime counts its API versions by the minor number: 1.31.1 has API 31.</summary>
    private static int? ApiOf(string version) => version.Split('.') is [_, string minor, ..] && int.TryParse(minor, out int api) ? api : null;

    private static nint Open(string? path, string remedy)
    {
        try
        {
            return path is null ? NativeLibrary.Load(FileName, typeof(OrtEnv).Assembly, searchPath: null) : NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new InferenceException(InferenceError.RuntimeMissing, $"{path ?? FileName} can't be loaded ({e.Message}): {remedy}", e);
        }
    }

    /// <summary>Where the host put the program's native libraries; null leaves the search to the system's loader.</summary>
    private static string? FindOwn()
    {
        string folders = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return folders.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Select(folder => System.IO.Path.Combine(folder, FileName))
            .FirstOrDefault(File.Exists);
    }
}
