namespace Appliance.Speech.Recognition.Streaming;

/// <summary>
/// The language of live segments: given, or detected in each of them; what a short one seems to be counts less than what was spoken last.
/// </summary>
internal sealed class LiveLanguage(WhisperModel model, LiveRecognitionOptions options)
{
    /// <summary>Less speech than this is easily mistaken.</summary>
    private const double ShortSeconds = 3;

    /// <summary>A short segment that is surer than this changes the language all the same.</summary>
    private const float Sure = 0.7f;

    /// <summary>A less probable language is not tried.</summary>
    private const float Worth = 0.1f;

    /// <summary>The language when nothing is to be detected.</summary>
    public string? Fixed { get; } = model.IsMultilingual ? options.Language : "en";

    /// <summary>The language of the last final text.</summary>
    public string? Last { get; set; }

    /// <summary>The languages that a complete segment may be in: one when that is sure, else those worth trying, the likeliest first.</summary>
    /// <param name="probabilities">One a language of the tokenizer.</param>
    /// <param name="speechSeconds">Seconds of speech that they were found in.</param>
    public List<string> Candidates(ReadOnlySpan<float> probabilities, double speechSeconds)
    {
        List<string> candidates = [Choose(probabilities, speechSeconds, out _)];
        if (Likeliest(probabilities).Probability >= Sure)
        {
            return candidates;
        }

        if (Last is { } last && IsAllowed(last) && !candidates.Contains(last))
        {
            candidates.Add(last);
        }

        for (int i = 0; i < probabilities.Length; i++)
        {
            string code = model.Tokenizer.Languages[i];
            if (probabilities[i] >= Worth && IsAllowed(code) && !candidates.Contains(code))
            {
                candidates.Add(code);
            }
        }

        return candidates;
    }

    /// <summary>The language of a segment.</summary>
    /// <param name="probabilities">One a language of the tokenizer.</param>
    /// <param name="speechSeconds">Seconds of speech that they were found in.</param>
    /// <param name="isSure">False when more speech may well change it.</param>
    public string Choose(ReadOnlySpan<float> probabilities, double speechSeconds, out bool isSure)
    {
        (string? best, float most) = Likeliest(probabilities);
        isSure = speechSeconds >= ShortSeconds || most >= Sure;
        return Last is { } last && !isSure ? last : best ?? "en";
    }

    /// <summary>The likeliest of the allowed languages; null when there is none.</summary>
    private (string? Code, float Probability) Likeliest(ReadOnlySpan<float> probabilities)
    {
        (string? Code, float Probability) best = (null, -1);
        for (int i = 0; i < probabilities.Length; i++)
        {
            string code = model.Tokenizer.Languages[i];
            if (probabilities[i] > best.Probability && IsAllowed(code))
            {
                best = (code, probabilities[i]);
            }
        }

        return best;
    }

    private bool IsAllowed(string code) => options.Languages.Count == 0 || options.Languages.Contains(code, StringComparer.Ordinal);
}
