using System.Globalization;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>
/// Ids of the tokens that are not text. In Whisper's own vocabularies they follow from its size (design: speech.md §2.2); other
/// sizes take them from the names in the files.
/// </summary>
internal sealed record SpecialTokens
{
    private const int SmallestWhisper = 51864;

    /// <summary>End of text, also the number of text tokens.</summary>
    public required int EndOfText { get; init; }

    /// <summary>Start of transcript (SOT).</summary>
    public required int StartOfTranscript { get; init; }

    /// <summary>First language token; the others follow.</summary>
    public required int LanguageBegin { get; init; }

    /// <summary>Codes of the language tokens in order.</summary>
    public required IReadOnlyList<string> LanguageCodes { get; init; }

    /// <summary>Task: English text.</summary>
    public required int Translate { get; init; }

    /// <summary>Task: text in the language spoken.</summary>
    public required int Transcribe { get; init; }

    /// <summary>Start of language model.</summary>
    public required int StartOfLm { get; init; }

    /// <summary>Start of the previous text, which is the prompt.</summary>
    public required int StartOfPrevious { get; init; }

    /// <summary>No speech, called `nocaptions` in older files.</summary>
    public required int NoSpeech { get; init; }

    /// <summary>No timestamps.</summary>
    public required int NoTimestamps { get; init; }

    /// <summary>False when the language tokens have no meaning.</summary>
    public required bool IsMultilingual { get; init; }

    /// <summary>The timestamp 0.00; the rest of the vocabulary follows in steps of 0.02 s.</summary>
    public int TimestampBegin => NoTimestamps + 1;

    /// <summary>Name and id of each.</summary>
    public IEnumerable<KeyValuePair<string, int>> Names =>
    [
        KeyValuePair.Create("<|endoftext|>", EndOfText),
        KeyValuePair.Create("<|startoftranscript|>", StartOfTranscript),
        .. LanguageCodes.Select((code, index) => KeyValuePair.Create($"<|{code}|>", LanguageBegin + index)),
        KeyValuePair.Create("<|translate|>", Translate),
        KeyValuePair.Create("<|transcribe|>", Transcribe),
        KeyValuePair.Create("<|startoflm|>", StartOfLm),
        KeyValuePair.Create("<|startofprev|>", StartOfPrevious),
        KeyValuePair.Create("<|nospeech|>", NoSpeech),
        KeyValuePair.Create("<|nocaptions|>", NoSpeech),
        KeyValuePair.Create("<|notimestamps|>", NoTimestamps),
    ];

    /// <summary>Name of an id at or above <see cref="EndOfText"/>, such as `&lt;|0.02|&gt;`.</summary>
    public string NameOf(int id)
    {
        if (id >= TimestampBegin)
        {
            return string.Create(CultureInfo.InvariantCulture, $"<|{(id - TimestampBegin) * 0.02:F2}|>");
        }

        return Names.FirstOrDefault(name => name.Value == id).Key ?? "";
    }

    /// <summary>The ids of a vocabulary of <paramref name="vocabularySize"/> with these names.</summary>
    /// <param name="vocabularySize">Size of the model's last layer.</param>
    /// <param name="file">Names from the vocabulary.</param>
    /// <param name="isMultilingual">What the generation config says, or null.</param>
    public static SpecialTokens Resolve(int vocabularySize, VocabularyFile file, bool? isMultilingual) =>
        vocabularySize >= SmallestWhisper ? OfWhisper(vocabularySize) : Named(file, isMultilingual);

    private static SpecialTokens OfWhisper(int vocabularySize)
    {
        bool isMultilingual = vocabularySize > SmallestWhisper;
        int languages = Math.Min(vocabularySize - 51765 - (isMultilingual ? 1 : 0), SpeechLanguages.All.Count);
        int start = isMultilingual ? 50258 : 50257;
        int after = start + 1 + languages;
        return new SpecialTokens
        {
            EndOfText = start - 1,
            StartOfTranscript = start,
            LanguageBegin = start + 1,
            LanguageCodes = [.. SpeechLanguages.All.Take(languages).Select(language => language.Code)],
            Translate = after,
            Transcribe = after + 1,
            StartOfLm = after + 2,
            StartOfPrevious = after + 3,
            NoSpeech = after + 4,
            NoTimestamps = after + 5,
            IsMultilingual = isMultilingual,
        };
    }

    private static SpecialTokens Named(VocabularyFile file, bool? isMultilingual)
    {
        KeyValuePair<string, int>[] languages =
        [
            .. SpeechLanguages.All
                .Where(language => file.Added.ContainsKey($"<|{language.Code}|>"))
                .Select(language => KeyValuePair.Create(language.Code, file.Added[$"<|{language.Code}|>"]))
                .OrderBy(language => language.Value),
        ];
        int start = Find("startoftranscript");
        for (int i = 1; i < languages.Length; i++)
        {
            if (languages[i].Value != languages[0].Value + i)
            {
                throw VocabularyFault.Damaged(file.Path, $"the language tokens {languages[i - 1].Key} and {languages[i].Key} do not follow each other");
            }
        }

        return new SpecialTokens
        {
            EndOfText = Find("endoftext"),
            StartOfTranscript = start,
            LanguageBegin = languages.Length > 0 ? languages[0].Value : start + 1,
            LanguageCodes = [.. languages.Select(language => language.Key)],
            Translate = Find("translate"),
            Transcribe = Find("transcribe"),
            StartOfLm = Find("startoflm"),
            StartOfPrevious = Find("startofprev"),
            NoSpeech = Find("nospeech", "nocaptions"),
            NoTimestamps = Find("notimestamps"),
            IsMultilingual = isMultilingual ?? languages.Length > 1,
        };

        int Find(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (file.Added.TryGetValue($"<|{name}|>", out int id))
                {
                    return id;
                }
            }

            throw VocabularyFault.Incomplete(file.Path, $"the token <|{names[0]}|> is missing: this is not the vocabulary of a Whisper model");
        }
    }
}
