namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>inference</c>.</summary>
internal static class InferenceKeys
{
    private const int MaximumThreads = 1024;

    private static readonly SettingSection<InferenceSettings> Section = new("inference", all => all.Inference, (all, section) => all with { Inference = section });

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Texts("providers", $"a list of {string.Join(", ", KnownNames.Providers)}", inference => inference.Providers,
            (inference, names) => names.Count > 0 && names.All(KnownNames.Providers.Contains) ? inference with { Providers = names } : null),
        Section.Whole("threads", $"a whole number from 0 (by cores) to {MaximumThreads}", 0, MaximumThreads, inference => inference.Threads,
            (inference, threads) => inference with { Threads = (int)threads }),
        Section.Text("onnxRuntimeDirectory", "the path of a folder", inference => inference.OnnxRuntimeDirectory ?? "",
            (inference, folder) => inference with { OnnxRuntimeDirectory = folder.Length == 0 ? null : folder }),
        Section.Whole("memoryBytes", "a whole number of bytes, or 0 for three quarters of what is free at the start", 0, long.MaxValue, inference => inference.MemoryBytes,
            (inference, bytes) => inference with { MemoryBytes = bytes }),
    ];
}
