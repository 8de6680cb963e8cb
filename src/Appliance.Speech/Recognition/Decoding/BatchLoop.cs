using Appliance.Speech.Features;
using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>
/// Recognises windows that were packed from speech, several at once and without conditioning on previous text: for long files.
/// Windows that fail are taken again one by one, as in the seek loop. Whisper likes to stop at a sentence's end when the window's
/// end cuts the next one: where speech is left over, the rest is a window of the next round.
/// </summary>
/// <param name="stages">The stages for one recording.</param>
/// <param name="windows">Windows of at most 30 s, in order.</param>
/// <param name="probabilities">Speech probabilities of the recording, one a 512-sample frame.</param>
internal sealed class BatchLoop(RecognitionStages stages, IReadOnlyList<SpeechSpan> windows, IReadOnlyList<float> probabilities)
{
    private const double FramesPerSecond = 100;
    private const double ShortestRest = 0.6;
    private const double ShortestSpeech = 0.3;
    private const float Speech = 0.5f;
    private const int MostRounds = 16;
    private readonly int[] _prompt = new PromptHistory(stages.Tokenizer, stages.Options, stages.Graphs.Dimensions.TextContext).Current();
    private double _lastSpeech;

    /// <summary>Runs through all windows in order.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        for (int first = 0; first < windows.Count; first += stages.Options.Batch)
        {
            List<SpeechSpan> group = [.. windows.Skip(first).Take(stages.Options.Batch)];
            double end = group[^1].End;
            List<SegmentDraft> segments = [];
            for (int round = 0; group.Count > 0 && round < MostRounds; round++)
            {
                List<SpeechSpan> rests = [];
                Group(group, segments, rests, cancellationToken);
                group = rests;
            }

            stages.Publish([.. segments.OrderBy(segment => segment.Start)], end);
            _lastSpeech = segments.Select(segment => segment.End).Append(_lastSpeech).Max();
        }
    }

    /// <summary>The windows of a group as they are encoded: all as long as the longest.</summary>
    public static WindowKey[] Keys(IEnumerable<SpeechSpan> group, TranscriptionOptions options, bool mayShorten, IMelSource mel)
    {
        WindowKey[] keys = [.. group.Select(window =>
        {
            long seek = (long)Math.Round(window.Start * FramesPerSecond);
            long end = Math.Min((long)Math.Round(window.End * FramesPerSecond), mel.ContentFrames);
            return ShortContext.Key(options.AudioContext, mayShorten, seek, (int)Math.Clamp(end - seek, 1, WindowKey.FullFrames));
        })];
        int frames = keys.Max(key => key.Frames);
        return Array.ConvertAll(keys, key => key.Widen(frames));
    }

    private void Group(List<SpeechSpan> group, List<SegmentDraft> segments, List<SpeechSpan> rests, CancellationToken cancellationToken)
    {
        // 1. all windows at once; 2. words of those that stand, while they are encoded; 3. the others one by one
        WindowKey[] keys = Keys(group, stages.Options, stages.Graphs.HasFreeAudioContext, stages.Mel);
        stages.Encoder.Encode(keys, cancellationToken);
        bool mayDrop = stages.Words is null;
        DecodingResult[] results = stages.Decoder.Decode([.. keys.Select(key => stages.Recognizer.FirstAttempt(key, _prompt, isFirst: false))], cancellationToken, mayDrop);
        if (mayDrop)
        {
            stages.Encoder.Forget();
        }

        bool[] stands = [.. keys.Zip(results, stages.Recognizer.Stands)];
        for (int i = 0; i < keys.Length; i++)
        {
            if (stands[i])
            {
                if (!mayDrop)
                {
                    stages.Graphs.Select(i);
                }

                Add(keys[i], results[i], segments, rests, cancellationToken);
            }
        }

        for (int i = 0; i < keys.Length; i++)
        {
            if (!stands[i])
            {
                DecodingResult result = stages.Recognizer.Continue(keys[i], results[i], _prompt, isFirst: false, cancellationToken);
                Add(keys[i], result, segments, rests, cancellationToken);
            }
        }
    }

    private void Add(WindowKey key, DecodingResult result, List<SegmentDraft> segments, List<SpeechSpan> rests, CancellationToken cancellationToken)
    {
        if (stages.IsSilence(result))
        {
            return;
        }

        List<SegmentDraft> added = WindowSegments.Cut(result, stages.Tokenizer, key.Seek, key.Content, keepTail: true).Segments;
        double end = (key.Seek + key.Content) / FramesPerSecond;
        double said = added.Count > 0 ? added[^1].End : end;
        if (!result.Repeats && said > key.Seek / FramesPerSecond && HasSpeech(said, end))
        {
            rests.Add(new SpeechSpan(said, end));
        }

        if (stages.Words is not null)
        {
            // windows come here out of their order: what was said before is what ended before
            double before = segments.Select(segment => segment.End).Where(e => e <= key.Seek / FramesPerSecond).Append(_lastSpeech).Max();
            stages.Words.Add(added, key.Content, before, cancellationToken);
        }

        WindowOutcome.ClearBlank(added);
        stages.Firewall?.Sift(added, result.Repeats);
        segments.AddRange(added);
    }

    private bool HasSpeech(double start, double end)
    {
        const double FrameSeconds = 512.0 / 16000;
        int speech = 0;
        for (int i = (int)Math.Ceiling(start / FrameSeconds); i < Math.Min(probabilities.Count, end / FrameSeconds); i++)
        {
            speech += probabilities[i] > Speech ? 1 : 0;
        }

        return end - start >= ShortestRest && speech * FrameSeconds >= ShortestSpeech;
    }
}
