using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>The options of every session, whatever its execution provider.</summary>
internal static class CpuSessionOptions
{
    public static SessionOptions Create(int threads) => new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        IntraOpNumThreads = threads,
        InterOpNumThreads = 1,
    };
}
