using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>
/// Recognises windows that were packed from speech, several at once and without conditioning on previous text: for long files.
/// Windows that fail are taken again one by one, as in the seek loop.
/// </summary>
internal sealed class BatchLoop(RecognitionStages stages, IReadOnlyList<SpeechSpan> windows)
{
    private const double FramesPerSecond = 100;
    private double _lastSpeech;

    /// <summary>Runs through all windows in order.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        PromptHistory history = new(stages.Tokenizer, stages.Options with { ConditionOnPreviousText = false }, stages.Graphs.Dimensions.TextContext);
        int[] prompt = history.Current();
        for (int first = 0; first < windows.Count; first += stages.Options.Batch)
        {
            WindowKey[] keys = Keys(first, Math.Min(stages.Options.Batch, windows.Count - first));
            Group(keys, prompt, isFirst: first == 0, cancellationToken);
        }
    }

    /// <summary>The windows of a group as they are encoded: all as long as the longest.</summary>
    private WindowKey[] Keys(int first, int count)
    {
        WindowKey[] keys = new WindowKey[count];
        for (int i = 0; i < count; i++)
        {
            SpeechSpan window = windows[first + i];
            long seek = (long)Math.Round(window.Start * FramesPerSecond);
            long end = Math.Min((long)Math.Round(window.End * FramesPerSecond), stages.Mel.ContentFrames);
            keys[i] = stages.Recognizer.FirstKey(seek, (int)Math.Clamp(end - seek, 1, WindowKey.FullFrames));
        }

        int frames = keys.Max(key => key.Frames);
        return Array.ConvertAll(keys, key => key.Widen(frames));
    }

    private void Group(WindowKey[] keys, int[] prompt, bool isFirst, CancellationToken cancellationToken)
    {
        // 1. all windows at once; 2. words of those that stand, while they are encoded; 3. the others one by one; 4. publish in order
        stages.Encoder.Encode(keys, cancellationToken);
        DecodingSettings[] settings = [.. keys.Select((key, i) => stages.Recognizer.FirstAttempt(key, prompt, isFirst && i == 0))];
        DecodingResult[] results = stages.Decoder.Decode(settings, cancellationToken);
        List<SegmentDraft>?[] segments = new List<SegmentDraft>?[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (stages.Recognizer.Stands(keys[i], results[i]))
            {
                stages.Graphs.Select(i);
                segments[i] = Segments(keys[i], results[i], cancellationToken);
            }
        }

        for (int i = 0; i < keys.Length; i++)
        {
            if (segments[i] is null)
            {
                stages.Graphs.Select(-1);
                DecodingResult result = stages.Recognizer.Continue(keys[i], results[i], prompt, isFirst && i == 0, cancellationToken);
                stages.Encoder.Encode(WindowKey.Full(keys[i].Seek, keys[i].Content), cancellationToken);
                segments[i] = Segments(keys[i], result, cancellationToken);
            }

            stages.Publish(segments[i]!, (keys[i].Seek + keys[i].Content) / FramesPerSecond);
        }
    }

    private List<SegmentDraft> Segments(WindowKey key, DecodingResult result, CancellationToken cancellationToken)
    {
        if (stages.IsSilence(result))
        {
            return [];
        }

        List<SegmentDraft> segments = WindowSegments.Cut(result, stages.Tokenizer, key.Seek, key.Content, keepTail: true).Segments;
        if (stages.Words is not null)
        {
            stages.Words.Add(segments, key.Content, _lastSpeech, cancellationToken);
            _lastSpeech = WindowOutcome.LastWordEnd(segments) ?? _lastSpeech;
        }

        WindowOutcome.ClearBlank(segments);
        return segments;
    }
}
