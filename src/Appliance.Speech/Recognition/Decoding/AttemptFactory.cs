using Appliance.Speech.Recognition.Decoding.Filters;
using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Turns the options of a transcription into the settings of one attempt at a window.</summary>
internal sealed class AttemptFactory
{
    private const double TimestampSeconds = 0.02;
    private readonly WhisperTokenizer _tokenizer;
    private readonly TranscriptionOptions _options;
    private readonly int _textContext;
    private readonly int[] _sotSequence;
    private readonly int[] _suppressed;
    private readonly int[] _blank;
    private readonly int[] _prefix;

    /// <param name="tokenizer">The model's vocabulary.</param>
    /// <param name="options">How the recording is transcribed.</param>
    /// <param name="language">Code of the language.</param>
    /// <param name="textContext">Most tokens that the decoder holds.</param>
    public AttemptFactory(WhisperTokenizer tokenizer, TranscriptionOptions options, string language, int textContext)
    {
        _tokenizer = tokenizer;
        _options = options;
        _textContext = textContext;
        _sotSequence = SotSequence(tokenizer, options, language);
        _suppressed = Suppressed(tokenizer, options);
        _blank = options.SuppressBlank ? [.. tokenizer.Encode(" "), tokenizer.EndOfText] : [];
        _prefix = string.IsNullOrWhiteSpace(options.Prefix) ? [] : tokenizer.Encode(" " + options.Prefix.Trim());
    }

    /// <summary>Text, timestamps included, that every attempt begins with.</summary>
    public int[] Forced { get; set; } = [];

    /// <summary>Start of transcript, language and task, as far as the model has them.</summary>
    public ReadOnlySpan<int> Sot => _options.WithoutTimestamps ? _sotSequence.AsSpan(0, _sotSequence.Length - 1) : _sotSequence;

    /// <summary>The settings of one attempt.</summary>
    /// <param name="prompt">Tokens before the SOT sequence.</param>
    /// <param name="temperature">Temperature of the attempt.</param>
    /// <param name="knownContent">Mel frames of content where the context is shortened; null in full context.</param>
    /// <param name="isFirst">True for the recording's first window, which begins with the prefix.</param>
    /// <param name="seed">Seed of the sampling.</param>
    public DecodingSettings Create(ReadOnlySpan<int> prompt, double temperature, int? knownContent, bool isFirst, int seed)
    {
        // at least one token must be left for the text
        int[] prefix = isFirst ? _prefix[..Math.Min(_prefix.Length, (_textContext / 2) - 1)] : [];
        return new DecodingSettings
        {
            Temperature = temperature,
            Rows = temperature == 0 ? _options.BeamSize : _options.BestOf,
            Patience = _options.Patience,
            LengthPenalty = _options.LengthPenalty,
            SampleLength = Math.Max(1, (_textContext / 2) - prefix.Length - Forced.Length),
            Filters = [.. Filters(knownContent)],
            LoopGuard = _options.LoopGuard,
            Seed = seed,
            Prompt = [.. prompt, .. _sotSequence, .. prefix, .. Forced],
            Forced = Forced,
            SotIndex = prompt.Length,
        };
    }

    private List<ILogitFilter> Filters(int? knownContent)
    {
        List<ILogitFilter> filters = [];
        if (_blank.Length > 0)
        {
            filters.Add(new BlankFilter(_blank));
        }

        filters.Add(new SuppressFilter(_suppressed));
        if (_options.WithoutTimestamps)
        {
            return filters;
        }

        if (knownContent is int content)
        {
            filters.Add(new ContentEndFilter(_tokenizer.TimestampBegin, _tokenizer.EndOfText, content));
        }

        int? initial = _options.MaxInitialTimestamp > 0 ? (int)Math.Round(_options.MaxInitialTimestamp / TimestampSeconds) : null;
        filters.Add(new TimestampFilter(_tokenizer.EndOfText, _tokenizer.NoTimestamps, _tokenizer.TimestampBegin, initial));
        return filters;
    }

    private static int[] SotSequence(WhisperTokenizer tokenizer, TranscriptionOptions options, string language)
    {
        List<int> tokens = [tokenizer.StartOfTranscript];
        if (tokenizer.IsMultilingual)
        {
            tokens.Add(tokenizer.LanguageToken(language));
            tokens.Add(options.Task == SpeechTask.Translate ? tokenizer.Translate : tokenizer.Transcribe);
        }

        if (options.WithoutTimestamps)
        {
            tokens.Add(tokenizer.NoTimestamps);
        }

        return [.. tokens];
    }

    private static int[] Suppressed(WhisperTokenizer tokenizer, TranscriptionOptions options)
    {
        SortedSet<int> tokens = [.. options.SuppressTokens.Where(token => token >= 0)];
        if (options.SuppressTokens.Contains(-1))
        {
            tokens.UnionWith(tokenizer.NonSpeechTokens);
        }

        tokens.UnionWith([tokenizer.Transcribe, tokenizer.Translate, tokenizer.StartOfTranscript,
            tokenizer.StartOfPrevious, tokenizer.StartOfLm, tokenizer.NoSpeech]);
        return [.. tokens];
    }
}
