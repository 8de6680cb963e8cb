using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>The languages of Whisper models by code and English name.</summary>
public static class SpeechLanguages
{
    /// <summary>All languages in the order of the models' tokens; models before large-v3 lack the last one.</summary>
    public static IReadOnlyList<SpeechLanguage> All { get; } =
    [
        new("en", "english"), new("zh", "chinese"), new("de", "german"), new("es", "spanish"), new("ru", "russian"),
        new("ko", "korean"), new("fr", "french"), new("ja", "japanese"), new("pt", "portuguese"), new("tr", "turkish"),
        new("pl", "polish"), new("ca", "catalan"), new("nl", "dutch"), new("ar", "arabic"), new("sv", "swedish"),
        new("it", "italian"), new("id", "indonesian"), new("hi", "hindi"), new("fi", "finnish"), new("vi", "vietnamese"),
        new("he", "hebrew"), new("uk", "ukrainian"), new("el", "greek"), new("ms", "malay"), new("cs", "czech"),
        new("ro", "romanian"), new("da", "danish"), new("hu", "hungarian"), new("ta", "tamil"), new("no", "norwegian"),
        new("th", "thai"), new("ur", "urdu"), new("hr", "croatian"), new("bg", "bulgarian"), new("lt", "lithuanian"),
        new("la", "latin"), new("mi", "maori"), new("ml", "malayalam"), new("cy", "welsh"), new("sk", "slovak"),
        new("te", "telugu"), new("fa", "persian"), new("lv", "latvian"), new("bn", "bengali"), new("sr", "serbian"),
        new("az", "azerbaijani"), new("sl", "slovenian"), new("kn", "kannada"), new("et", "estonian"), new("mk", "macedonian"),
        new("br", "breton"), new("eu", "basque"), new("is", "icelandic"), new("hy", "armenian"), new("ne", "nepali"),
        new("mn", "mongolian"), new("bs", "bosnian"), new("kk", "kazakh"), new("sq", "albanian"), new("sw", "swahili"),
        new("gl", "galician"), new("mr", "marathi"), new("pa", "punjabi"), new("si", "sinhala"), new("km", "khmer"),
        new("sn", "shona"), new("yo", "yoruba"), new("so", "somali"), new("af", "afrikaans"), new("oc", "occitan"),
        new("ka", "georgian"), new("be", "belarusian"), new("tg", "tajik"), new("sd", "sindhi"), new("gu", "gujarati"),
        new("am", "amharic"), new("yi", "yiddish"), new("lo", "lao"), new("uz", "uzbek"), new("fo", "faroese"),
        new("ht", "haitian creole"), new("ps", "pashto"), new("tk", "turkmen"), new("nn", "nynorsk"), new("mt", "maltese"),
        new("sa", "sanskrit"), new("lb", "luxembourgish"), new("my", "myanmar"), new("bo", "tibetan"), new("tl", "tagalog"),
        new("mg", "malagasy"), new("as", "assamese"), new("tt", "tatar"), new("haw", "hawaiian"), new("ln", "lingala"),
        new("ha", "hausa"), new("ba", "bashkir"), new("jw", "javanese"), new("su", "sundanese"), new("yue", "cantonese"),
    ];

    /// <summary>Other English names, and the code that each stands for.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["burmese"] = "my",
        ["valencian"] = "ca",
        ["flemish"] = "nl",
        ["haitian"] = "ht",
        ["letzeburgesch"] = "lb",
        ["pushto"] = "ps",
        ["panjabi"] = "pa",
        ["moldavian"] = "ro",
        ["moldovan"] = "ro",
        ["sinhalese"] = "si",
        ["castilian"] = "es",
        ["mandarin"] = "zh",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, SpeechLanguage> ByCode { get; } =
        All.ToFrozenDictionary(language => language.Code, StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, string> CodeByName { get; } =
        All.Select(language => KeyValuePair.Create(language.Name, language.Code))
            .Concat(Aliases)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a code, an English name or an alias, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? codeOrName, [NotNullWhen(true)] out string? code)
    {
        string key = codeOrName?.Trim() ?? "";
        code = ByCode.TryGetValue(key, out SpeechLanguage? language) ? language.Code : CodeByName.GetValueOrDefault(key);
        return code is not null;
    }

    /// <summary>English name in lower case of a code; null for an unknown one.</summary>
    public static string? NameOf(string code) => ByCode.GetValueOrDefault(code)?.Name;
}
