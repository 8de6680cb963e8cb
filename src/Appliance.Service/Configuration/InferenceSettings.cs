using Appliance.Inference.Sessions;

namespace Appliance.Service.Configuration;

/// <summary>Section <c>inference</c>.</summary>
internal sealed record InferenceSettings
{
    /// <summary>Execution providers in order of preference.</summary>
    public IReadOnlyList<string> Providers { get; init; } = ["tensorrt", "cuda", "cpu"];

    /// <summary>Threads of one graph call; 0 means by cores.</summary>
    public int Threads { get; init; }

    /// <summary>Folder of another native ONNX Runtime, or null for the one that came along.</summary>
    public string? OnnxRuntimeDirectory { get; init; }

    /// <summary>Memory that models may take; 0 for three quarters of what is free at the start.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The same for ONNX Runtime.</summary>
    public SessionSettings ToSessionSettings() => new() { Providers = Providers, Threads = Threads, OnnxRuntimeDirectory = OnnxRuntimeDirectory };
}
