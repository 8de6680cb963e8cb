using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>Gives the segments of one window their words (openai/whisper timing.py, add_word_timestamps).</summary>
internal static class WordTimestamps
{
    private const double PositionsPerSecond = 50;
    private const double FramesPerSecond = 100;

    /// <summary>Text tokens of the segments in order: what is fed between no-timestamps and end of text for alignment.</summary>
    public static int[] TextTokens(IReadOnlyList<SegmentDraft> segments, WhisperTokenizer tokenizer) =>
        [.. segments.SelectMany(segment => segment.Tokens).Where(token => token < tokenizer.EndOfText)];

    /// <summary>Sets <see cref="SegmentDraft.Words"/> of all segments and moves their edges to the words.</summary>
    /// <param name="segments">Segments of one window.</param>
    /// <param name="scores">
    /// Scores of: the SOT sequence, no-timestamps, <see cref="TextTokens"/>, end of text. Not looked at when there is no text.
    /// </param>
    /// <param name="textTokenProbabilities">
    /// Probability of each text token, softmax over the ids below end of text of the row before it.
    /// </param>
    /// <param name="tokenizer">The model's vocabulary.</param>
    /// <param name="language">Language code, for where words end.</param>
    /// <param name="sotLength">Tokens of the SOT sequence.</param>
    /// <param name="contentFrames">Mel frames of the window that hold audio.</param>
    /// <param name="prepend">Punctuation that belongs to the word after it.</param>
    /// <param name="append">Punctuation that belongs to the word before it.</param>
    /// <param name="lastSpeechTimestamp">Where speech ended before this window, in seconds of the file.</param>
    /// <returns>Where speech ends after this window.</returns>
    public static double Add(
        IReadOnlyList<SegmentDraft> segments,
        AlignmentScores scores,
        ReadOnlySpan<float> textTokenProbabilities,
        WhisperTokenizer tokenizer,
        string language,
        int sotLength,
        int contentFrames,
        string prepend,
        string append,
        double lastSpeechTimestamp)
    {
        List<TimedWord> words = Align(TextTokens(segments, tokenizer), scores, textTokenProbabilities, tokenizer, language, sotLength, contentFrames);
        WordDurations durations = WordDurations.Of(words);
        durations.ClipAtSentenceEnds(words);
        PunctuationMerge.Apply(words, prepend, append);

        int next = 0;
        foreach (SegmentDraft segment in segments)
        {
            segment.Words = Take(words, ref next, segment, tokenizer.EndOfText);
            if (segment.Words.Count > 0)
            {
                SegmentEdges.Reconcile(segment, segment.Words, durations, lastSpeechTimestamp);
                lastSpeechTimestamp = segment.End;
            }
        }

        return lastSpeechTimestamp;
    }

    private static List<TimedWord> Align(
        int[] text,
        AlignmentScores scores,
        ReadOnlySpan<float> probabilities,
        WhisperTokenizer tokenizer,
        string language,
        int sotLength,
        int contentFrames)
    {
        List<TimedWord> words = [];
        if (text.Length == 0 || contentFrames < 2)
        {
            return words;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Tokens, sotLength + text.Length + 2, nameof(scores));
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, text.Length, nameof(probabilities));
        int[] first = CrossAttentionAlignment.FirstPositions(scores, sotLength, contentFrames);
        int token = 0;
        foreach (TokenWord word in tokenizer.SplitToWords(text, language))
        {
            int end = token + word.Tokens.Length;
            words.Add(new TimedWord
            {
                Text = word.Text,
                TokenCount = word.Tokens.Length,
                Start = first[token] / PositionsPerSecond,
                End = first[end] / PositionsPerSecond,
                Probability = Mean(probabilities[token..end]),
            });
            token = end;
        }

        return words;
    }

    private static List<TranscriptWord> Take(List<TimedWord> words, ref int next, SegmentDraft segment, int endOfText)
    {
        double offset = segment.Seek / FramesPerSecond;
        int missing = segment.Tokens.Count(token => token < endOfText);
        List<TranscriptWord> taken = [];
        for (; next < words.Count && missing > 0; next++)
        {
            TimedWord word = words[next];
            if (word.Text.Length > 0)
            {
                taken.Add(new TranscriptWord(word.Text, Hundredths.Round(offset + word.Start), Hundredths.Round(offset + word.End), word.Probability));
            }

            missing -= word.TokenCount;
        }

        return taken;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
