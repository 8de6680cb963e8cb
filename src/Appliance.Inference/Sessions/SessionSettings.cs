namespace Appliance.Inference.Sessions;

/// <summary>The section <c>inference</c> of the configuration.</summary>
public sealed record SessionSettings
{
    /// <summary>Names of execution providers, the preferred first.</summary>
    public IReadOnlyList<string> Providers { get; init; } = ["tensorrt", "cuda", "cpu"];

    /// <summary>Threads that one run may use; 0 means one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>Folder with the libonnxruntime.so to use; null or empty for the one that came with the program.</summary>
    public string? OnnxRuntimeDirectory { get; init; }
}
