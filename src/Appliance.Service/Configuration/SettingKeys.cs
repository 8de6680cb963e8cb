using System.Collections.Frozen;
using Appliance.Imaging;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Configuration;

/// <summary>Every key that is read, in one list.</summary>
internal static class SettingKeys
{
    private const int MaximumThreads = 1024;
    private const int MaximumBeamSize = 32;
    private const int MaximumChannels = 64;

    /// <summary>Known keys by `section.name`; case does not matter.</summary>
    public static FrozenDictionary<string, SettingKey> All { get; } =
        Keys().ToFrozenDictionary(key => key.FullName, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sections of the same file that belong to parts of the product which this program has not got yet.</summary>
    public static FrozenSet<string> OtherSections { get; } =
        new[] { "node", "mqtt", "web", "wyoming", "storage", "devices" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All known sections.</summary>
    public static IEnumerable<string> Sections => All.Values.Select(key => key.Section).Distinct().Concat(OtherSections).Order(StringComparer.Ordinal);

    private static IEnumerable<SettingKey> Keys() => [.. ModelKeys(), .. InferenceKeys(), .. SpeechKeys(), .. CaptureKeys(), .. ImagingKeys()];

    private static IEnumerable<SettingKey> ModelKeys() =>
    [
        new("models", "roots", "a list of folders, at least one", (all, value) => value.AsTexts() is { Count: > 0 } roots
            ? all with { Models = all.Models with { Roots = roots } } : null),
    ];

    private static IEnumerable<SettingKey> InferenceKeys() =>
    [
        new("inference", "providers", $"a list of {string.Join(", ", KnownNames.Providers)}", (all, value) =>
            value.AsTexts() is { Count: > 0 } names && names.All(KnownNames.Providers.Contains)
            ? all with { Inference = all.Inference with { Providers = names } } : null),
        new("inference", "threads", $"a whole number from 0 (by cores) to {MaximumThreads}", (all, value) =>
            value.AsWholeNumber() is >= 0 and <= MaximumThreads and long threads
            ? all with { Inference = all.Inference with { Threads = (int)threads } } : null),
        new("inference", "onnxRuntimeDirectory", "the path of a folder", (all, value) => value.AsText() is { } folder
            ? all with { Inference = all.Inference with { OnnxRuntimeDirectory = folder.Length == 0 ? null : folder } } : null),
        new("inference", "memoryBytes", "a whole number of bytes", (all, value) => value.AsWholeNumber() is >= 0 ? all : null),
    ];

    private static IEnumerable<SettingKey> SpeechKeys() =>
    [
        new("speech", "model", "the name of a model", (all, value) => value.AsText() is { Length: > 0 } model
            ? all with { Speech = all.Speech with { Model = model } } : null),
        new("speech", "language", "auto, a language code or its English name", (all, value) =>
            value.AsText() is { } text && KnownNames.TryParseLanguage(text, out string? code)
            ? all with { Speech = all.Speech with { Language = code } } : null),
        new("speech", "languages", "a list of language codes or English names", (all, value) =>
            value.AsTexts() is { } names && KnownNames.TryParseLanguages(names, out string[]? codes)
            ? all with { Speech = all.Speech with { Languages = codes } } : null),
        new("speech", "beamSize", $"a whole number from 1 to {MaximumBeamSize}", (all, value) =>
            value.AsWholeNumber() is >= 1 and <= MaximumBeamSize and long beams
            ? all with { Speech = all.Speech with { BeamSize = (int)beams } } : null),
        new("speech", "audioContext", "auto, full or seconds up to 30 (as text)", (all, value) =>
            (value.AsText() ?? value.AsWholeNumber()?.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { } text
            && AudioContext.TryParse(text, out AudioContext context)
            ? all with { Speech = all.Speech with { AudioContext = context } } : null),
        new("speech", "initialPrompt", "a text", (all, value) => value.AsText() is { } prompt
            ? all with { Speech = all.Speech with { InitialPrompt = prompt.Length == 0 ? null : prompt } } : null),
        new("speech", "hotwords", "a text", (all, value) => value.AsText() is { } words
            ? all with { Speech = all.Speech with { Hotwords = words.Length == 0 ? null : words } } : null),
        new("speech", "streaming", $"one of {string.Join(", ", StreamingPolicies.Names)}", (all, value) =>
            value.AsText() is { } policy && StreamingPolicies.Names.Contains(policy)
            ? all with { Speech = all.Speech with { Streaming = policy } } : null),
        new("speech", "fallbackModel", "the name of a model", (all, value) => value.AsText() is { } model
            ? all with { Speech = all.Speech with { FallbackModel = model.Length == 0 ? null : model } } : null),
    ];

    private static IEnumerable<SettingKey> CaptureKeys() =>
    [
        new("capture", "source", $"one of {string.Join(", ", CaptureSources.Names)}", (all, value) =>
            value.AsText() is { } source && CaptureSources.Names.Contains(source)
            ? all with { Capture = all.Capture with { Source = source } } : null),
        new("capture", "device", "auto or the name of a device", (all, value) => value.AsText() is { Length: > 0 } device
            ? all with { Capture = all.Capture with { Device = device } } : null),
        new("capture", "channel", $"mix or a channel from 0 to {MaximumChannels - 1}", (all, value) =>
            value.AsWholeNumber() is >= 0 and < MaximumChannels and long channel ? all with { Capture = all.Capture with { Channel = (int)channel } }
            : value.AsText() is "mix" ? all with { Capture = all.Capture with { Channel = null } } : null),
        new("capture", "mode", $"one of {string.Join(", ", SegmentTriggers.Names)}", (all, value) =>
            value.AsText() is { } mode && SegmentTriggers.Names.Contains(mode)
            ? all with { Capture = all.Capture with { Mode = mode } } : null),
        new("capture", "levelThreshold", "a level in dBFS from -100 to 0", (all, value) =>
            value.AsNumber() is >= -100 and <= 0 and double level
            ? all with { Capture = all.Capture with { LevelThreshold = level } } : null),
        new("capture", "phrases", "a list of texts", (all, value) => value.AsTexts() is { } phrases
            ? all with { Capture = all.Capture with { Phrases = phrases } } : null),
        new("capture", "file", "the path of a file", (all, value) => value.AsText() is { } file
            ? all with { Capture = all.Capture with { File = file.Length == 0 ? null : file } } : null),
        new("capture", "deviceRoot", "the path of a folder", (all, value) => value.AsText() is { Length: > 0 } folder
            ? all with { Capture = all.Capture with { DeviceRoot = folder } } : null),
    ];

    private static IEnumerable<SettingKey> ImagingKeys() =>
    [
        new("imaging", "model", "the name of a model", (all, value) => value.AsText() is { Length: > 0 } model
            ? all with { Imaging = all.Imaging with { Model = model } } : null),
        new("imaging", "steps", $"a whole number from 1 to {ImageLimits.Steps}, or 0 for the model's own", (all, value) =>
            value.AsWholeNumber() is >= 0 and <= ImageLimits.Steps and long steps
            ? all with { Imaging = all.Imaging with { Steps = steps == 0 ? null : (int)steps } } : null),
        new("imaging", "guidance", $"a number from 0 to {ImageLimits.Guidance}", (all, value) =>
            value.AsNumber() is >= 0 and <= ImageLimits.Guidance and double guidance
            ? all with { Imaging = all.Imaging with { Guidance = guidance } } : null),
        new("imaging", "scheduler", $"one of {string.Join(", ", ImageChoices.Schedulers)}, or nothing for the model's own", (all, value) =>
            value.AsText() is { } name && (name.Length == 0 || ImageChoices.Schedulers.Contains(name))
            ? all with { Imaging = all.Imaging with { Scheduler = name.Length == 0 ? null : name } } : null),
        new("imaging", "width", $"a width in pixels up to {ImageLimits.Side}, or 0 for the model's own", (all, value) =>
            value.AsWholeNumber() is >= 0 and <= ImageLimits.Side and long width
            ? all with { Imaging = all.Imaging with { Width = width == 0 ? null : (int)width } } : null),
        new("imaging", "height", $"a height in pixels up to {ImageLimits.Side}, or 0 for the model's own", (all, value) =>
            value.AsWholeNumber() is >= 0 and <= ImageLimits.Side and long height
            ? all with { Imaging = all.Imaging with { Height = height == 0 ? null : (int)height } } : null),
        new("imaging", "safetyChecker", "true or false", (all, value) => value.AsFlag() is { } applies
            ? all with { Imaging = all.Imaging with { SafetyChecker = applies } } : null),
    ];
}
