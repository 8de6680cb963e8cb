using System.Text.Json.Nodes;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Streaming;

namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>speech</c>.</summary>
internal static class SpeechKeys
{
    private const int MaximumBeamSize = 32;

    private static readonly SettingSection<SpeechSettings> Section =
        new("speech", all => all.Speech, (all, section) => all with { Speech = section }) { IsSettable = true };

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Text("model", "the name of a model", speech => speech.Model,
            (speech, model) => model.Length > 0 ? speech with { Model = model } : null),
        Section.Text("language", "auto, a language code or its English name", speech => speech.Language ?? "auto",
            (speech, text) => KnownNames.TryParseLanguage(text, out string? code) ? speech with { Language = code } : null),
        Section.Texts("languages", "a list of language codes or English names", speech => speech.Languages,
            (speech, names) => KnownNames.TryParseLanguages(names, out string[]? codes) ? speech with { Languages = codes } : null),
        Section.Whole("beamSize", $"a whole number from 1 to {MaximumBeamSize}", 1, MaximumBeamSize, speech => speech.BeamSize,
            (speech, beams) => speech with { BeamSize = (int)beams }),
        Section.Key("audioContext", "auto, full or seconds up to 30 (as text)", new JsonObject { ["type"] = new JsonArray("string", "integer") },
            speech => speech.AudioContext.ToString(),
            (speech, value) => (value.AsText() ?? value.AsWholeNumber()?.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { } text
                && AudioContext.TryParse(text, out AudioContext context) ? speech with { AudioContext = context } : null),
        Section.Text("initialPrompt", "a text", speech => speech.InitialPrompt ?? "",
            (speech, prompt) => speech with { InitialPrompt = prompt.Length == 0 ? null : prompt }),
        Section.Text("hotwords", "a text", speech => speech.Hotwords ?? "",
            (speech, words) => speech with { Hotwords = words.Length == 0 ? null : words }),
        Section.Choice("streaming", StreamingPolicies.Names, speech => speech.Streaming, (speech, policy) => speech with { Streaming = policy! }),
        Section.Text("fallbackModel", "the name of a model", speech => speech.FallbackModel ?? "",
            (speech, model) => speech with { FallbackModel = model.Length == 0 ? null : model }),
    ];
}
