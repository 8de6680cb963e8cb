using System.Buffers;
using System.Text;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>The vocabulary of one Whisper model: text to tokens and back, and the ids of all that is not text. Thread-safe.</summary>
internal sealed class WhisperTokenizer
{
    private readonly TokenTable _tokens;
    private readonly BytePairEncoder _encoder;
    private readonly SpecialTokens _special;
    private readonly WordSplitter _words;

    private WhisperTokenizer(TokenTable tokens, SpecialTokens special)
    {
        _tokens = tokens;
        _encoder = new BytePairEncoder(tokens);
        _special = special;
        _words = new WordSplitter(this);
        NonSpeechTokens = NonSpeechSymbols.Find(Encode);
    }

    /// <inheritdoc cref="SpecialTokens.EndOfText"/>
    public int EndOfText => _special.EndOfText;

    /// <inheritdoc cref="SpecialTokens.StartOfTranscript"/>
    public int StartOfTranscript => _special.StartOfTranscript;

    /// <inheritdoc cref="SpecialTokens.Translate"/>
    public int Translate => _special.Translate;

    /// <inheritdoc cref="SpecialTokens.Transcribe"/>
    public int Transcribe => _special.Transcribe;

    /// <inheritdoc cref="SpecialTokens.StartOfLm"/>
    public int StartOfLm => _special.StartOfLm;

    /// <inheritdoc cref="SpecialTokens.StartOfPrevious"/>
    public int StartOfPrevious => _special.StartOfPrevious;

    /// <inheritdoc cref="SpecialTokens.NoSpeech"/>
    public int NoSpeech => _special.NoSpeech;

    /// <inheritdoc cref="SpecialTokens.NoTimestamps"/>
    public int NoTimestamps => _special.NoTimestamps;

    /// <inheritdoc cref="SpecialTokens.TimestampBegin"/>
    public int TimestampBegin => _special.TimestampBegin;

    /// <summary>False for the English-only models.</summary>
    public bool IsMultilingual => _special.IsMultilingual;

    /// <summary>Codes of the languages that can be asked for, in the model's order.</summary>
    public IReadOnlyList<string> Languages => IsMultilingual ? _special.LanguageCodes : ["en"];

    /// <summary>First language token. English-only models have language tokens too, without meaning.</summary>
    public int LanguageTokenBegin => _special.LanguageBegin;

    /// <summary>Number of language tokens.</summary>
    public int LanguageTokenCount => _special.LanguageCodes.Count;

    /// <summary>Tokens of what is not speech, ascending; special tokens are not among them.</summary>
    public IReadOnlyList<int> NonSpeechTokens { get; }

    /// <summary>Reads the vocabulary of a model folder: tokenizer.json, or vocab.json with added_tokens.json.</summary>
    /// <param name="folder">The model's folder; generation_config.json there, if any, must agree.</param>
    /// <param name="vocabularySize">Size of the model's last layer, which decides between the variants.</param>
    /// <exception cref="Inference.Models.ModelException">A file is missing, damaged or of another model.</exception>
    public static WhisperTokenizer Load(string folder, int vocabularySize)
    {
        VocabularyFile file = VocabularyFile.Read(folder);
        GenerationIds generation = GenerationIds.Read(folder);
        SpecialTokens special = SpecialTokens.Resolve(vocabularySize, file, generation.IsMultilingual);
        if (special.TimestampBegin >= vocabularySize)
        {
            throw VocabularyFault.Damaged(
                file.Path,
                $"its timestamps begin at {special.TimestampBegin}, the model has only {vocabularySize} tokens: these files are of different models");
        }

        RequireSame(special, file.Path, file.Added);
        RequireSame(special, generation.Path, generation.Ids);
        TokenTable tokens = new(file.Tokens(special.EndOfText));
        RequireBytes(tokens, file.Path);
        return new WhisperTokenizer(tokens, special);
    }

    /// <summary>Token of a language.</summary>
    /// <exception cref="ArgumentException">The model has no such language.</exception>
    public int LanguageToken(string code)
    {
        for (int i = 0; i < LanguageTokenCount; i++)
        {
            if (_special.LanguageCodes[i] == code)
            {
                return LanguageTokenBegin + i;
            }
        }

        throw new ArgumentException($"this model has no language {code}", nameof(code));
    }

    /// <summary>Tokens of a text. Names of special tokens in it are text like any other.</summary>
    public int[] Encode(string text)
    {
        List<int> ids = new((text.Length / 3) + 1);
        _encoder.Encode(text, ids);
        return [.. ids];
    }

    /// <summary>Text of tokens, without special tokens and timestamps; incomplete characters become U+FFFD.</summary>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        ArrayBufferWriter<byte> bytes = new(Math.Max(1, tokens.Length * 6));
        foreach (int token in tokens)
        {
            if (token < EndOfText)
            {
                bytes.Write(_tokens[token]);
            }
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Text of tokens, special tokens and timestamps by their names.</summary>
    public string DecodeWithSpecials(ReadOnlySpan<int> tokens)
    {
        ArrayBufferWriter<byte> bytes = new(Math.Max(1, tokens.Length * 6));
        foreach (int token in tokens)
        {
            bytes.Write(token < EndOfText ? _tokens[token] : Encoding.UTF8.GetBytes(_special.NameOf(token)));
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Groups tokens into words: at spaces, or at every whole character where a language writes none.</summary>
    public List<TokenWord> SplitToWords(ReadOnlySpan<int> tokens, string language) => _words.Split(tokens, language);

    private static void RequireSame(SpecialTokens special, string path, IReadOnlyDictionary<string, int> named)
    {
        foreach ((string name, int id) in special.Names)
        {
            if (named.TryGetValue(name, out int other) && other != id)
            {
                throw VocabularyFault.Damaged(path, $"{name} is {other} here, and {id} in this model's vocabulary: these files are of different models");
            }
        }
    }

    private static void RequireBytes(TokenTable tokens, string path)
    {
        for (int value = 0; value < 256; value++)
        {
            if (!tokens.TryFind([(byte)value], out _))
            {
                throw VocabularyFault.Damaged(path, $"the token of the byte 0x{value:X2} is missing: take this file from the model's origin again");
            }
        }
    }
}
