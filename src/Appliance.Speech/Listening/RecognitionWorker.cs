using Appliance.Speech.Capture;
using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Listening;

/// <summary>Recognises what the queue gives and publishes it. A fault costs one segment, several in a row end the run.</summary>
internal sealed class RecognitionWorker
{
    private const int MostFaultsInARow = 3;

    private readonly ListenRun _run;
    private readonly RecognizerChoice _recognizers;
    private readonly float[] _samples;
    private readonly float[] _probabilities;
    private ILiveRecognizer? _recognizer;
    private LiveSegment? _segment;
    private Hypothesis _last;
    private int _revision;
    private int _copied;
    private int _faults;

    /// <param name="run">What the threads share.</param>
    /// <param name="recognizers">Not owned.</param>
    /// <param name="longestFrames">Frames of the longest segment.</param>
    public RecognitionWorker(ListenRun run, RecognizerChoice recognizers, int longestFrames)
    {
        _run = run;
        _recognizers = recognizers;
        _probabilities = new float[longestFrames];
        _samples = new float[longestFrames * SileroVad.FrameSamples];
    }

    /// <summary>Works until the queue is complete.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Work(CancellationToken cancellationToken)
    {
        while (_run.Queue.Take() is { } work)
        {
            try
            {
                if (work.IsFinal)
                {
                    Finish(work.Segment, cancellationToken);
                }
                else
                {
                    Update(work, cancellationToken);
                }
            }
            finally
            {
                _run.Queue.Done();
            }
        }
    }

    private void Update(RecognitionWork work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(work.CancellationToken, cancellationToken);
        try
        {
            if (Audio(work.Segment, work.End) is { } audio)
            {
                Publish(work.Segment, audio, Update(audio, work.MayCommit, either.Token));
                _faults = 0;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the segment is complete: its final text is next
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.PartialFailed(_run.Logger, fault, work.Segment.Number);
            Count(fault);
        }
    }

    private void Finish(LiveSegment segment, CancellationToken cancellationToken)
    {
        if (Audio(segment, segment.End) is not { } audio)
        {
            Lose(segment);
            return;
        }

        _run.Recorder?.Record(segment.Number, audio.Start, audio.Samples.Span);
        SegmentText? text = TryFinish(segment, audio, cancellationToken);
        if (text is not null)
        {
            Log.SegmentDone(_run.Logger, segment.Number, audio.Start, audio.End, segment.Reason, text.Text);
            Publish(segment, text);
        }
        else
        {
            Close(segment, audio.Start, audio.End);
        }

        _segment = null;
    }

    /// <summary>Tries twice; null when that failed.</summary>
    private SegmentText? TryFinish(LiveSegment segment, SegmentAudio audio, CancellationToken cancellationToken)
    {
        try
        {
            SegmentText text = Finish(audio, cancellationToken);
            _faults = 0;
            return text;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.SegmentFailed(_run.Logger, fault, segment.Number);
        }

        try
        {
            _recognizer!.Begin(segment.Continues, _last.Committed, LanguageOf(_last));
            SegmentText text = Finish(audio, cancellationToken);
            _faults = 0;
            return text;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.SegmentLost(_run.Logger, fault, segment.Number);
            Count(fault);
            return null;
        }
    }

    private Hypothesis Update(SegmentAudio audio, bool mayCommit, CancellationToken cancellationToken)
    {
        using IDisposable? turn = _run.TakeTurn?.Invoke(cancellationToken);
        return _recognizer!.Update(audio, mayCommit, cancellationToken);
    }

    private SegmentText Finish(SegmentAudio audio, CancellationToken cancellationToken)
    {
        using IDisposable? turn = _run.TakeTurn?.Invoke(cancellationToken);
        return _recognizer!.Finish(audio, cancellationToken);
    }

    /// <summary>The segment up to a frame; null when its audio is gone.</summary>
    private SegmentAudio? Audio(LiveSegment segment, long end)
    {
        if (!ReferenceEquals(segment, _segment))
        {
            Begin(segment);
        }

        int frames = (int)(end - segment.Start);
        if (frames > _copied)
        {
            Span<float> samples = _samples.AsSpan(_copied * SileroVad.FrameSamples);
            if (!_run.History.TryCopy(segment.Start + _copied, frames - _copied, samples, _probabilities.AsSpan(_copied)))
            {
                return null;
            }

            _copied = frames;
        }

        SelectRecognizer(segment);
        double start = LiveSegment.Seconds(segment.Start);
        return new SegmentAudio(start, _samples.AsMemory(0, frames * SileroVad.FrameSamples), new SpeechEvidence(start, _probabilities.AsMemory(0, frames)));
    }

    private void Begin(LiveSegment segment)
    {
        (_segment, _recognizer, _last, _revision, _copied) = (segment, null, new Hypothesis(string.Empty, string.Empty, string.Empty), 0, 0);
    }

    /// <summary>A segment that was begun with one model may have to go on with the other.</summary>
    private void SelectRecognizer(LiveSegment segment)
    {
        ILiveRecognizer chosen = _recognizers.Choose(_run.Overload.UsesFallback);
        if (!ReferenceEquals(chosen, _recognizer))
        {
            _recognizer = chosen;
            _recognizer.Begin(segment.Continues, _last.Committed, LanguageOf(_last));
        }
    }

    private void Publish(LiveSegment segment, SegmentAudio audio, Hypothesis hypothesis)
    {
        bool isNew = hypothesis.Committed != _last.Committed || hypothesis.Tentative != _last.Tentative;
        _last = hypothesis;
        if (isNew)
        {
            _revision++;
            _run.Publish(new PartialEvent(_run.Source, segment.Number, _revision, audio.Start, audio.End, hypothesis.Committed, hypothesis.Tentative));
        }
    }

    private void Publish(LiveSegment segment, SegmentText text)
    {
        foreach (DroppedText dropped in text.Dropped)
        {
            _run.Publish(new DroppedEvent(_run.Source, segment.Number, dropped.Start, dropped.End, dropped.Text, dropped.Reason));
        }

        // who saw a partial must learn that it is over
        if (text.Text.Length > 0 || _revision > 0)
        {
            _run.Publish(new FinalEvent(_run.Source, segment.Number, text.Start, text.End, text.Text, text.Language, Latency(segment),
                segment.Reason == SegmentEnd.Unplugged, text.Words));
        }
    }

    /// <summary>Ends a segment that can't be recognised with what was committed of it.</summary>
    private void Close(LiveSegment segment, double start, double end)
    {
        if (_revision > 0)
        {
            _run.Publish(new FinalEvent(_run.Source, segment.Number, start, end, _last.Committed, _last.Language, Latency(segment), true, null));
        }
    }

    /// <summary>The backlog was longer than what is kept.</summary>
    private void Lose(LiveSegment segment)
    {
        double start = LiveSegment.Seconds(segment.Start);
        double end = LiveSegment.Seconds(segment.End);
        _run.Overload.Dropped();
        _run.Publish(new GapEvent(_run.Source, start, end, GapReason.Overload));
        Close(segment, start, end);
        _segment = null;
    }

    private double? Latency(LiveSegment segment) =>
        _run.IsRealTime ? Math.Max(0, _run.Time.GetElapsedTime(segment.SpeechEndedAt).TotalMilliseconds) : null;

    private void Count(Exception fault)
    {
        if (++_faults >= MostFaultsInARow)
        {
            throw new InvalidOperationException($"{_faults} segments in a row could not be recognised", fault);
        }
    }

    private static string? LanguageOf(Hypothesis hypothesis) => hypothesis.Committed.Length > 0 ? hypothesis.Language : null;
}
