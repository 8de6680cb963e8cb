namespace Appliance.Speech.Recognition.Decoding;

/// <summary>
/// Walks through a recording window by window, each beginning where the last one's text ended (openai/whisper transcribe.py;
/// speech.md §2.5, §2.6).
/// </summary>
internal sealed class SeekLoop
{
    private const double FramesPerSecond = 100;
    private readonly RecognitionStages _stages;
    private readonly PromptHistory _history;
    private readonly InventedText? _invented;
    private double _lastSpeech;
    private bool _isFirst = true;

    public SeekLoop(RecognitionStages stages)
    {
        _stages = stages;
        _history = new PromptHistory(stages.Tokenizer, stages.Options, stages.Graphs.Dimensions.TextContext);
        _invented = stages.Options.HallucinationSilenceThreshold is double threshold ? new InventedText(stages.Options, threshold) : null;
    }

    /// <summary>Recognises the clips, in order.</summary>
    /// <param name="clips">First mel frame and the one after the last, of each.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Run(IReadOnlyList<(long Start, long End)> clips, CancellationToken cancellationToken)
    {
        long seek = 0;
        foreach ((long start, long end) in clips)
        {
            long last = Math.Min(end, _stages.Mel.ContentFrames);
            seek = Math.Max(seek, start);
            while (seek < last)
            {
                seek = Window(seek, (int)Math.Min(WindowKey.FullFrames, last - seek), cancellationToken);
            }
        }
    }

    /// <returns>Where the next window begins.</returns>
    private long Window(long seek, int content, CancellationToken cancellationToken)
    {
        int[] prompt = _history.Current();
        DecodingResult result = _stages.Recognizer.Recognize(seek, content, prompt, _isFirst, cancellationToken);
        _isFirst = false;
        if (_stages.IsSilence(result))
        {
            Publish([], seek + content);
            return seek + content;
        }

        WindowSegments cut = WindowSegments.Cut(result, _stages.Tokenizer, seek, content, keepTail: false);
        long next = seek + cut.Advance;
        if (_stages.Words is not null)
        {
            next = AddWords(cut, seek, content, next, out bool isSkipped, cancellationToken);
            if (isSkipped)
            {
                Publish([], next);
                return next;
            }
        }

        WindowOutcome.ClearBlank(cut.Segments);
        _stages.Firewall?.Sift(cut.Segments, result.Repeats);
        foreach (SegmentDraft segment in cut.Segments)
        {
            _history.Add(segment.Tokens);
        }

        if (!_stages.Options.ConditionOnPreviousText || result.Temperature > 0.5 || result.Repeats)
        {
            _history.Reset();
        }

        Publish(cut.Segments, next);
        return next;
    }

    private long AddWords(WindowSegments cut, long seek, int content, long next, out bool isSkipped, CancellationToken cancellationToken)
    {
        isSkipped = false;
        _stages.Words!.Add(cut.Segments, content, _lastSpeech, cancellationToken);
        if (!cut.EndsInSilence && WindowOutcome.LastWordEnd(cut.Segments) is double end && end > seek / FramesPerSecond)
        {
            next = (long)Math.Round(end * FramesPerSecond);
        }

        if (_invented is not null)
        {
            next = _invented.Skip(new WindowOutcome
            {
                Seek = seek,
                Content = content,
                RecordingFrames = _stages.Mel.ContentFrames,
                LastSpeech = _lastSpeech,
                EndsInSilence = cut.EndsInSilence,
                Segments = cut.Segments,
            }, next, out isSkipped);
        }

        _lastSpeech = WindowOutcome.LastWordEnd(cut.Segments) ?? _lastSpeech;

        // a window always moves on, or the loop would not end
        return Math.Max(next, seek + 1);
    }

    private void Publish(List<SegmentDraft> segments, long next) => _stages.Publish(segments, next / FramesPerSecond);
}
