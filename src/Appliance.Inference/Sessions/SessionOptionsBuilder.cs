using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>
/// The options of every session, whatever its execution provider. Chosen by measurement: tests/Appliance.Benchmarks/Sessions,
/// results in its README.md.
/// </summary>
internal static class SessionOptionsBuilder
{
    /// <param name="threads">Threads that a run uses.</param>
    /// <param name="isFused">The graph was written with fused operators: looking for more to fuse makes its encoder take 12 MB more, and no faster.</param>
    public static SessionOptions Create(int threads, bool isFused)
    {
        SessionOptions options = new()
        {
            GraphOptimizationLevel = isFused ? GraphOptimizationLevel.ORT_ENABLE_BASIC : GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,

            // a pattern is one block as large as a whole run needs, kept for each session and shape: more memory, no time won
            EnableMemoryPattern = false,
        };

        // Threads that wait for work spin, which makes a step of a few milliseconds a fifth faster. Not for long, since on a
        // busy machine they take the time from who has work; and not after the run: the threads of an encoder that has just
        // ended would take the cores from its decoder.
        options.AddSessionConfigEntry("session.intra_op.spin_duration_us", "100");
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        return options;
    }
}
