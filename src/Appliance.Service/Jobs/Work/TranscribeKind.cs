using System.Text.Json.Nodes;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Jobs.Work;

/// <summary>Speech to text.</summary>
internal sealed class TranscribeKind : IJobKind
{
    private const int MostBatched = 16;

    /// <inheritdoc/>
    public string Name => "transcribe";

    /// <inheritdoc/>
    public bool TakesAudio => true;

    /// <inheritdoc/>
    public void Complete(JsonObject parameters, ApplianceSettings settings)
    {
        JobParameters given = new(parameters);
        parameters["model"] = given.Model("model") ?? settings.Speech.Model;
        _ = OptionsOf(parameters, settings);
    }

    /// <inheritdoc/>
    public IJobWork Create(JsonObject parameters, JobAudio? audio, ApplianceSettings settings) =>
        new TranscribeWork(new JobParameters(parameters).Text("model")!, OptionsOf(parameters, settings), audio!);

    private static TranscriptionOptions OptionsOf(JsonObject parameters, ApplianceSettings settings)
    {
        JobParameters given = new(parameters);
        SpeechSettings speech = settings.Speech;
        IReadOnlyList<string>? languages = given.Texts("languages");
        string[]? codes = null;
        if (languages is not null && !KnownNames.TryParseLanguages(languages, out codes))
        {
            throw new JobException(ErrorCode.BadRequest, "params.languages: must be language codes or English names");
        }

        return new TranscriptionOptions
        {
            Language = LanguageOf(given.Text("language", 40), speech),
            Languages = codes ?? speech.Languages,
            Task = given.Choice("task", ["transcribe", "translate"]) == "translate" ? SpeechTask.Translate : SpeechTask.Transcribe,
            WordTimestamps = given.Flag("word_timestamps") ?? false,
            BeamSize = (int)(given.Whole("beam_size", 1, 32) ?? speech.BeamSize),
            InitialPrompt = given.Text("initial_prompt") ?? speech.InitialPrompt,
            Hotwords = given.Text("hotwords") ?? speech.Hotwords,
            AudioContext = speech.AudioContext,
            Vad = given.Flag("vad") ?? false,
            Batch = (int)(given.Whole("batch", 0, MostBatched) ?? 0),

            // text that looks invented is held back for whoever asks over a network (interfaces.md §2)
            Firewall = true,
        };
    }

    private static string? LanguageOf(string? text, SpeechSettings speech)
    {
        if (text is null)
        {
            return speech.Language;
        }

        return KnownNames.TryParseLanguage(text, out string? code)
            ? code
            : throw new JobException(ErrorCode.BadRequest, $"params.language: must be auto, a language code or its English name");
    }
}
