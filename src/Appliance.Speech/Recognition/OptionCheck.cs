using System.Globalization;
using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition;

/// <summary>Refuses options that a model can't follow, before any work is done.</summary>
internal static class OptionCheck
{
    /// <summary>Throws for the first option that is wrong.</summary>
    /// <exception cref="TranscriptionException">An option is wrong; the message says what is valid.</exception>
    public static void Run(TranscriptionOptions options, WhisperModel model, bool hasVoiceActivity)
    {
        foreach (string code in options.Language is null ? options.Languages : [options.Language, .. options.Languages])
        {
            if (!model.Languages.Contains(code, StringComparer.Ordinal))
            {
                throw new TranscriptionException(TranscriptionError.UnknownLanguage, UnknownLanguage(code, model));
            }
        }

        if (options.WordTimestamps && !model.HasWordTimestamps)
        {
            throw new TranscriptionException(TranscriptionError.NoWordTimestamps,
                $"the model {model.Name} has no cross-attentions, so words can't get times: use a model with them (whisper-base), or leave out word timestamps");
        }

        if (options.Task == SpeechTask.Translate && !model.IsMultilingual)
        {
            throw new TranscriptionException(TranscriptionError.NoTranslation,
                $"the model {model.Name} is English-only and can't translate: use a multilingual model");
        }

        if (options.UsesVoiceActivity && !hasVoiceActivity)
        {
            throw new TranscriptionException(TranscriptionError.NoVoiceActivity,
                "skipping silence, batches and the firewall need the voice activity detector: add the model silero-vad");
        }

        Require(options.ClipTimestamps.Count == 0 || !(options.Vad || options.Batch > 0), "clip timestamps", options.ClipTimestamps.Count,
            "either clip timestamps, or skipping of silence and batches");
        Require(string.IsNullOrEmpty(options.Prefix) || options.Batch == 0, "prefix", 0, "a prefix without batches: it is for the first window");
        Require(options.SuppressTokens.All(token => token >= -1 && token < model.Graphs.Dimensions.VocabularySize), "suppressed token",
            options.SuppressTokens.DefaultIfEmpty(0).Max(), string.Create(CultureInfo.InvariantCulture, $"ids from 0 to {model.Graphs.Dimensions.VocabularySize - 1}, or -1"));
        Numbers(options);
    }

    private static void Numbers(TranscriptionOptions options)
    {
        Require(options.BeamSize is >= 1 and <= 32, "beam size", options.BeamSize, "1 to 32");
        Require(options.BestOf is >= 1 and <= 32, "best of", options.BestOf, "1 to 32");
        Require(options.Batch is >= 0 and <= 64, "batch", options.Batch, "0 to 64");
        Require(options.Patience is > 0 and <= 10, "patience", options.Patience, "above 0, up to 10");
        Require(options.LengthPenalty is null or (>= 0 and <= 1), "length penalty", options.LengthPenalty ?? 0, "0 to 1");
        Require(options.Temperatures.Count > 0, "temperatures", 0, "at least one");
        foreach (double temperature in options.Temperatures)
        {
            Require(temperature is >= 0 and <= 2, "temperature", temperature, "0 to 2");
        }

        Require(options.HallucinationSilenceThreshold is null || options.WordTimestamps, "hallucination silence threshold",
            options.HallucinationSilenceThreshold ?? 0, "only together with word timestamps");
        Require(options.MaxInitialTimestamp is >= 0 and <= 30, "latest first timestamp", options.MaxInitialTimestamp, "0 to 30 seconds");
        double last = 0;
        foreach (double clip in options.ClipTimestamps)
        {
            Require(clip >= last && double.IsFinite(clip), "clip timestamp", clip, "seconds, each at least the one before");
            last = clip;
        }
    }

    private static void Require(bool condition, string name, double value, string valid)
    {
        if (!condition)
        {
            throw new TranscriptionException(TranscriptionError.BadOption,
                string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not valid: give {valid}"));
        }
    }

    private static string UnknownLanguage(string code, WhisperModel model)
    {
        IEnumerable<string> known = SpeechLanguages.All
            .Where(language => model.Languages.Contains(language.Code, StringComparer.Ordinal))
            .Select(language => $"{language.Code} ({language.Name})");
        return $"the model {model.Name} does not know the language '{code}': give one of {string.Join(", ", known)}";
    }
}
