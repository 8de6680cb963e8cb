using Microsoft.ML.OnnxRuntime;

namespace Appliance.Imaging.Graphs;

/// <summary>
/// Whether ONNX Runtime failed for want of memory. It has no code for that (a failed allocation of its arena is a plain "Fail"), so that its
/// words must do; a test provokes the real fault.
/// </summary>
internal static class MemoryFault
{
    private static readonly string[] _words = ["Failed to allocate memory", "bad_alloc", "CUDA out of memory", "CUDA_ERROR_OUT_OF_MEMORY"];

    /// <summary>Looks at a fault.</summary>
    public static bool Is(OnnxRuntimeException fault) => _words.Any(words => fault.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
}
