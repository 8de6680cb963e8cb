using System.Diagnostics.CodeAnalysis;
using Appliance.Inference.Sessions;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Configuration;

/// <summary>The names that settings and options may hold, and how they are read.</summary>
internal static class KnownNames
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>The model that finds speech.</summary>
    public const string VoiceActivityModel = "silero-vad";

    /// <summary>Execution providers.</summary>
    public static IReadOnlyList<string> Providers { get; } = [.. new SessionSettings().Providers];

    /// <summary>Forms of a transcript; each is also the extension of its files.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. TranscriptFormats.All.Select(format => format.Name)];

    /// <summary>Codes of languages in the models' order.</summary>
    public static IReadOnlyList<string> LanguageCodes { get; } = [.. SpeechLanguages.All.Select(language => language.Code)];

    /// <summary>Codes and English names of all languages, for messages.</summary>
    public static string LanguageList { get; } = string.Join(", ", SpeechLanguages.All.Select(language => $"{language.Code} ({language.Name})"));

    /// <summary>Reads a language; `auto` gives null.</summary>
    public static bool TryParseLanguage(string text, out string? code)
    {
        code = null;
        return text.Trim().ToUpperInvariant() is "AUTO" or "NONE" || SpeechLanguages.TryParse(text, out code);
    }

    /// <summary>Reads languages with commas between them.</summary>
    public static bool TryParseLanguages(string text, [NotNullWhen(true)] out string[]? codes) =>
        TryParseLanguages(text.Split(',', Trimmed), out codes) && codes.Length > 0;

    /// <summary>Reads languages.</summary>
    public static bool TryParseLanguages(IReadOnlyList<string> names, [NotNullWhen(true)] out string[]? codes)
    {
        string?[] read = [.. names.Select(name => SpeechLanguages.TryParse(name, out string? code) ? code : null).Distinct()];
        codes = read.Contains(null) ? null : [.. read.OfType<string>()];
        return codes is not null;
    }

    /// <summary>Reads execution providers with commas between them.</summary>
    public static bool TryParseProviders(string text, [NotNullWhen(true)] out string[]? names)
    {
        names = [.. text.Split(',', Trimmed).Select(name => name.ToLowerInvariant()).Distinct()];
        return names.Length > 0 && names.All(Providers.Contains);
    }
}
