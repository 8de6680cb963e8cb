using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Whether words look invented: improbable, or said impossibly fast or slowly (openai/whisper transcribe.py; speech.md §2.8).</summary>
internal static class AnomalousWords
{
    private const int Looked = 8;

    /// <summary>Judges the first words.</summary>
    /// <param name="words">Words with times and probabilities.</param>
    /// <param name="punctuation">Words found in this are not counted.</param>
    public static bool AreAnomalous(IEnumerable<TranscriptWord> words, string punctuation)
    {
        TranscriptWord[] counted = [.. words.Where(word => !punctuation.Contains(word.Word, StringComparison.Ordinal)).Take(Looked)];
        double score = counted.Sum(Anomaly);
        return score >= 3 || score + 0.01 >= counted.Length;
    }

    private static double Anomaly(TranscriptWord word)
    {
        double duration = word.End - word.Start;
        return (word.Probability < 0.15 ? 1 : 0)
            + (duration < 0.133 ? (0.133 - duration) * 15 : 0)
            + (duration > 2 ? duration - 2 : 0);
    }
}
