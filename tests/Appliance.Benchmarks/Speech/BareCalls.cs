using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Benchmarks.Speech;

/// <summary>
/// The speed yardstick (design: speech.md §3b): the calls of a transcription made again, bare, with the same shapes: no features, no
/// rules, no sampling. Its time is what ONNX Runtime takes, the lower bound of any program on these graphs.
/// </summary>
internal sealed class BareCalls(IWhisperGraphs graphs)
{
    private float[] _logMel = [];

    /// <summary>Makes the calls and returns the Stopwatch ticks inside ONNX Runtime.</summary>
    public long Run(IReadOnlyList<GraphCall> calls)
    {
        long before = graphs.Calls.EncoderTicks + graphs.Calls.DecoderTicks;
        int[] tokens = new int[4096];
        tokens.AsSpan().Fill(400);
        int windows = 0;
        int pending = 0;
        int frames = 0;
        int rows = 0;
        foreach (GraphCall call in calls)
        {
            if (call.Kind != GraphCallKind.Encode && pending > 0)
            {
                windows = pending;
                graphs.Encode(Mel(windows, frames), windows, frames, CancellationToken.None);
                pending = 0;
            }

            switch (call.Kind)
            {
                case GraphCallKind.Encode:
                    // windows of one batch are encoded one after the other
                    (pending, frames) = (pending + 1, call.Length);
                    break;
                case GraphCallKind.Prompt:
                    graphs.Select(call.Windows == windows ? -1 : 0);
                    graphs.Prompt(tokens.AsSpan(0, call.Windows * call.Length), call.Length, call.LogitRows == 2 ? [0, call.Length - 1] : [call.Length - 1], CancellationToken.None);
                    rows = call.Rows;
                    break;
                case GraphCallKind.Step:
                    if (call.Rows < rows)
                    {
                        graphs.Keep([.. Enumerable.Range(0, call.Rows)]);
                        rows = call.Rows;
                    }
                    else if (call.Rows != rows)
                    {
                        graphs.Expand(call.Rows / call.Windows);
                        rows = call.Rows;
                    }

                    graphs.Step(tokens.AsSpan(0, call.Rows), CancellationToken.None);
                    break;
                default:
                    graphs.Align(tokens.AsSpan(0, call.Length), CancellationToken.None);
                    break;
            }
        }

        return graphs.Calls.EncoderTicks + graphs.Calls.DecoderTicks - before;
    }

    private ReadOnlySpan<float> Mel(int windows, int frames)
    {
        int size = windows * graphs.Dimensions.MelCount * frames;
        if (_logMel.Length < size)
        {
            _logMel = new float[size];
            Random random = new(1);
            for (int i = 0; i < size; i++)
            {
                _logMel[i] = (float)((random.NextDouble() * 2) - 1);
            }
        }

        return _logMel.AsSpan(0, size);
    }
}
