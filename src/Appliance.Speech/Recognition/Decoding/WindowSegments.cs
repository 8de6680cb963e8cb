using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>A window's tokens cut into segments, and where the next window begins (openai/whisper transcribe.py; speech.md §2.5).</summary>
/// <param name="Segments">Segments in order.</param>
/// <param name="Advance">Mel frames to the next window.</param>
/// <param name="EndsInSilence">True when the last token is a single timestamp: nothing is said after it.</param>
internal readonly record struct WindowSegments(List<SegmentDraft> Segments, int Advance, bool EndsInSilence)
{
    private const double SecondsPerFrame = 0.01;
    private const double SecondsPerTimestamp = 0.02;
    private const int FramesPerTimestamp = 2;

    /// <summary>Cuts at each pair of consecutive timestamps.</summary>
    /// <param name="result">The window's tokens.</param>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="seek">First mel frame of the window.</param>
    /// <param name="content">Mel frames of content.</param>
    /// <param name="keepTail">True keeps text after the last pair (no window will come back for it); false leaves it to the next window.</param>
    public static WindowSegments Cut(DecodingResult result, WhisperTokenizer tokenizer, long seek, int content, bool keepTail)
    {
        int[] tokens = result.Tokens;
        int begin = tokenizer.TimestampBegin;
        bool IsTimestamp(int index) => tokens[index] >= begin;
        bool silentEnd = tokens.Length >= 2 && !IsTimestamp(tokens.Length - 2) && IsTimestamp(tokens.Length - 1);
        double offset = seek * SecondsPerFrame;
        List<int> cuts = [.. Enumerable.Range(1, Math.Max(0, tokens.Length - 1)).Where(i => IsTimestamp(i - 1) && IsTimestamp(i))];
        List<SegmentDraft> segments = [];
        if (cuts.Count == 0)
        {
            int last = Array.FindLastIndex(tokens, token => token >= begin);
            double duration = last >= 0 && tokens[last] != begin ? (tokens[last] - begin) * SecondsPerTimestamp : content * SecondsPerFrame;
            segments.Add(Draft(result, tokenizer, seek, offset, offset + duration, tokens));
            return new WindowSegments(segments, content, silentEnd);
        }

        if (silentEnd)
        {
            cuts.Add(tokens.Length);
        }

        int from = 0;
        foreach (int cut in cuts)
        {
            int[] slice = tokens[from..cut];
            segments.Add(Draft(result, tokenizer, seek, offset + ((slice[0] - begin) * SecondsPerTimestamp),
                offset + ((slice[^1] - begin) * SecondsPerTimestamp), slice));
            from = cut;
        }

        if (keepTail && from < tokens.Length - 1)
        {
            segments.Add(Draft(result, tokenizer, seek, offset + ((tokens[from] - begin) * SecondsPerTimestamp), offset + (content * SecondsPerFrame), tokens[from..]));
        }

        int advance = silentEnd || keepTail ? content : (tokens[from - 1] - begin) * FramesPerTimestamp;
        return new WindowSegments(segments, advance, silentEnd);
    }

    private static SegmentDraft Draft(DecodingResult result, WhisperTokenizer tokenizer, long seek, double start, double end, int[] tokens) => new()
    {
        Seek = seek,
        Start = start,
        End = end,
        Text = tokenizer.Decode(Array.FindAll(tokens, token => token < tokenizer.EndOfText)),
        Tokens = tokens,
        Temperature = result.Temperature,
        AverageLogProbability = result.AverageLogProbability,
        CompressionRatio = result.CompressionRatio,
        NoSpeechProbability = result.NoSpeechProbability,
    };
}
