using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>
/// The options of every session, whatever its execution provider. Chosen by measurement: SessionMemory and its table in
/// tests/Appliance.Benchmarks/Sessions.
/// </summary>
internal static class SessionOptionsBuilder
{
    public static SessionOptions Create(int threads)
    {
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,

            // a pattern keeps one block as large as a whole run needs, for each session and shape
            EnableMemoryPattern = false,
        };

        // threads wait for work spinning, which makes a run of a few milliseconds faster, but no longer than the run: the
        // threads of an encoder that has just ended would take the cores from its decoder
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        return options;
    }
}
