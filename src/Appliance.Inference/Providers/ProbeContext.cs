namespace Appliance.Inference.Providers;

/// <summary>What a provider's probe may look at.</summary>
internal sealed record ProbeContext
{
    /// <summary>ONNX Runtime's own names of what it was built with, such as <c>CUDAExecutionProvider</c>.</summary>
    public required IReadOnlyCollection<string> BuiltIn { get; init; }

    /// <summary>The folder of the libonnxruntime.so in use.</summary>
    public required string RuntimeFolder { get; init; }

    /// <summary>Folder of the device files.</summary>
    public string DeviceFolder { get; init; } = "/dev";

    /// <summary>Whether a shared library of that name can be loaded.</summary>
    public required Func<string, bool> CanLoad { get; init; }

    /// <summary>CUDA version of the driver, 1000 × major + 10 × minor; null without one.</summary>
    public required Func<int?> CudaDriverVersion { get; init; }
}
