using Microsoft.ML.OnnxRuntime;

namespace Appliance.Benchmarks.Sessions;

/// <summary>Options of ONNX Runtime that could be otherwise: each is what we chose, with one thing changed.</summary>
internal static class SessionVariants
{
    public static IReadOnlyDictionary<string, Action<SessionOptions>> All { get; } = new Dictionary<string, Action<SessionOptions>>
    {
        ["chosen"] = _ => { },
        ["memory-pattern"] = options => options.EnableMemoryPattern = true,
        ["no-arena"] = options => options.EnableCpuMemArena = false,
        ["device-allocator"] = Entry("session.use_device_allocator_for_initializers", "1"),
        ["no-prepacking"] = Entry("session.disable_prepacking", "1"),
        ["all-optimisations"] = options => options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        ["no-optimisations"] = options => options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
        ["parallel-prepacking"] = Entry("session.prepack.enable_parallel", "1"),
        ["longer-spin"] = Entry("session.intra_op.spin_duration_us", "1000"),
        ["spin-after-run"] = options =>
        {
            Entry("session.intra_op.spin_duration_us", "1000")(options);
            Entry("session.force_spinning_stop", "0")(options);
        },
        ["no-spin"] = Entry("session.intra_op.allow_spinning", "0"),
        ["dynamic-blocks"] = Entry("session.dynamic_block_base", "4"),
    };

    private static Action<SessionOptions> Entry(string key, string value) => options => options.AddSessionConfigEntry(key, value);
}
