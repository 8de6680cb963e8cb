using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Listening;

/// <summary>A source that gives what a test has written down; samples are of one value each step, so that a test can tell them apart.</summary>
internal sealed class ScriptedAudio(TimeProvider time, bool isPaced = false) : ILiveAudio
{
    private readonly Queue<(CaptureRead Read, float Value)> _steps = [];

    public string Source => "scripted";

    public string? Device => "test";

    public bool IsPaced => isPaced;

    public bool IsMuted { get; set; }

    /// <summary>Called before a step is given, with the number of steps that are left.</summary>
    public Action<int>? BeforeStep { get; set; }

    public ScriptedAudio Samples(float value, double seconds)
    {
        for (long left = (long)(seconds * 16000); left > 0; left -= 1600)
        {
            _steps.Enqueue((new CaptureRead(CaptureEvent.Samples, Math.Min(1600, left), 0), value));
        }

        return this;
    }

    public ScriptedAudio Missing(CaptureEvent kind, double seconds, GapReason reason = default)
    {
        _steps.Enqueue((new CaptureRead(kind, (long)(seconds * 16000), 0, reason), 0));
        return this;
    }

    public ScriptedAudio Tell(CaptureEvent kind)
    {
        _steps.Enqueue((new CaptureRead(kind, 0, 0), 0));
        return this;
    }

    public CaptureRead Read(Span<float> samples, CancellationToken cancellationToken)
    {
        BeforeStep?.Invoke(_steps.Count);
        if (!_steps.TryDequeue(out (CaptureRead Read, float Value) step))
        {
            return new CaptureRead(CaptureEvent.Ended, 0, time.GetTimestamp());
        }

        if (step.Read.Event == CaptureEvent.Samples)
        {
            samples[..(int)step.Read.Samples].Fill(step.Value);
        }

        return step.Read with { CapturedAt = time.GetTimestamp() };
    }

    public void Dispose()
    {
    }
}
