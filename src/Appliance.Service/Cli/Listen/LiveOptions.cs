using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Streaming;

namespace Appliance.Service.Cli.Listen;

/// <summary>How live speech is recognised.</summary>
internal sealed class LiveOptions : OptionGroup
{
    private const int MaximumBeamSize = 32;

    /// <inheritdoc/>
    public override string Title => "Recognition";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Streaming, FallbackModel, BeamSize, InitialPrompt, Hotwords];

    private ValueOption<string?> Streaming { get; } = OptionFactory.Choice("--streaming", StreamingPolicies.Names, "speech.streaming of the configuration, else auto",
        "When words stay: where the decoder looks (align-att, needs a model with attention scores), or when two hypotheses agree (local-agreement). auto takes the first where the model can.");

    private ValueOption<string?> FallbackModel { get; } = OptionFactory.Named("--fallback-model", "NAME", ValueKind.Model, "the name of a model",
        "speech.fallbackModel of the configuration, else none",
        "A smaller model for the time that this machine is too slow for the other; without it only partial texts are left out.");

    private ValueOption<int> BeamSize { get; } = OptionFactory.WholeNumber("--beam-size", 1, 1, MaximumBeamSize,
        "Beams of the final text.");

    private ValueOption<string?> InitialPrompt { get; } = OptionFactory.FreeText("--initial-prompt", "TEXT", "none",
        "Text before every segment: names, spelling, style.");

    private ValueOption<string?> Hotwords { get; } = OptionFactory.FreeText("--hotwords", "TEXT", "none",
        "Words to favour, such as names of people and products.");

    /// <summary>Name of the smaller model, or null.</summary>
    public string? FallbackOf(ParseResult call, SpeechSettings settings) => FallbackModel.Of(call, settings.FallbackModel);

    /// <summary>How segments are recognised.</summary>
    public LiveRecognitionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions language) => new()
    {
        Language = language.Language,
        Languages = language.Languages,
        Task = language.Task,
        BeamSize = BeamSize.Of(call, settings.BeamSize),
        InitialPrompt = InitialPrompt.Of(call, settings.InitialPrompt),
        Hotwords = Hotwords.Of(call, settings.Hotwords),
        Streaming = Streaming.Of(call, settings.Streaming)!,
    };
}
