namespace Appliance.Speech.Recognition.Graphs;

/// <summary>
/// Counts the calls into ONNX Runtime and their time. With <see cref="Record"/> on, keeps each call's shape, so that a benchmark
/// can make the same calls bare.
/// </summary>
internal sealed class GraphCalls
{
    private readonly List<GraphCall> _recorded = [];

    /// <summary>Stopwatch ticks inside the encoder.</summary>
    public long EncoderTicks { get; private set; }

    /// <summary>Stopwatch ticks inside the decoder.</summary>
    public long DecoderTicks { get; private set; }

    /// <summary>Whether shapes are kept.</summary>
    public bool Record { get; set; }

    /// <summary>The calls since <see cref="Clear"/>, in order, when <see cref="Record"/> is on.</summary>
    public IReadOnlyList<GraphCall> Recorded => _recorded;

    /// <summary>Adds one call.</summary>
    public void Add(GraphCall call, long ticks)
    {
        if (call.Kind == GraphCallKind.Encode)
        {
            EncoderTicks += ticks;
        }
        else
        {
            DecoderTicks += ticks;
        }

        if (Record)
        {
            _recorded.Add(call);
        }
    }

    /// <summary>Forgets all counts.</summary>
    public void Clear()
    {
        EncoderTicks = 0;
        DecoderTicks = 0;
        _recorded.Clear();
    }
}
