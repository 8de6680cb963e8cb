namespace Appliance.Speech.Recognition.Decoding;

/// <summary>
/// Recognises one window: the shortened context first where there is one, the full context when that is doubtful, then the
/// temperature ladder (openai/whisper transcribe.py, decode_with_fallback; design: speech.md §2.4, audio context).
/// </summary>
internal sealed class WindowRecognizer
{
    private const double DoubtfulLogProbability = -0.5;
    private const double DoubtfulCompressionRatio = 2.0;
    private readonly WindowEncoder _encoder;
    private readonly WindowDecoder _decoder;
    private readonly AttemptFactory _attempts;
    private readonly TranscriptionOptions _options;
    private readonly bool _mayShorten;

    /// <param name="encoder">Encodes the recording's windows.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="attempts">Settings of an attempt.</param>
    /// <param name="options">How the recording is transcribed.</param>
    /// <param name="mayShorten">Whether the model's encoder takes fewer than 3000 frames.</param>
    public WindowRecognizer(WindowEncoder encoder, WindowDecoder decoder, AttemptFactory attempts, TranscriptionOptions options, bool mayShorten)
    {
        _encoder = encoder;
        _decoder = decoder;
        _attempts = attempts;
        _options = options;
        _mayShorten = mayShorten;
    }

    /// <summary>Settings of the first attempt at a window.</summary>
    public DecodingSettings FirstAttempt(WindowKey window, ReadOnlySpan<int> prompt, bool isFirst) =>
        _attempts.Create(prompt, _options.Temperatures[0], ShortContext.IsShort(window) ? window.Content : null, isFirst, Seed(window, 0));

    /// <summary>True when the first attempt's result stands.</summary>
    public bool Stands(WindowKey window, DecodingResult result) => !(ShortContext.IsShort(window) && IsDoubtful(result)) && !HasFailed(result);

    /// <summary>Recognises a window. Afterwards the window that the result comes from is the one that is encoded.</summary>
    public DecodingResult Recognize(long seek, int content, ReadOnlySpan<int> prompt, bool isFirst, CancellationToken cancellationToken)
    {
        WindowKey window = ShortContext.Key(_options.AudioContext, _mayShorten, seek, content);
        _encoder.Encode(window, cancellationToken);
        DecodingResult first = _decoder.Decode([FirstAttempt(window, prompt, isFirst)], cancellationToken)[0];
        return Continue(window, first, prompt, isFirst, cancellationToken);
    }

    /// <summary>Goes on from a first attempt.</summary>
    public DecodingResult Continue(WindowKey window, DecodingResult first, ReadOnlySpan<int> prompt, bool isFirst, CancellationToken cancellationToken)
    {
        if (Stands(window, first))
        {
            return first;
        }

        // 1. the full context, if the first attempt had less; 2. higher temperatures; 3. the best of what failed
        List<DecodingResult> failed = [];
        DecodingResult result = first;
        _encoder.Encode(WindowKey.Full(window.Seek, window.Content), cancellationToken);
        for (int i = ShortContext.IsShort(window) ? 0 : 1; i < _options.Temperatures.Count; i++)
        {
            if (i > 0)
            {
                failed.Add(result);
            }

            DecodingSettings settings = _attempts.Create(prompt, _options.Temperatures[i], null, isFirst, Seed(window, i));
            result = _decoder.Decode([settings], cancellationToken)[0];
            if (!HasFailed(result))
            {
                return result;
            }
        }

        return _options.LoopGuard ? BestOf(failed, result) : result;
    }

    /// <summary>Too repetitive or too improbable, and not plain silence.</summary>
    private bool HasFailed(DecodingResult result)
    {
        bool improbable = _options.LogProbabilityThreshold is double least && result.AverageLogProbability < least;
        bool silent = improbable && _options.NoSpeechThreshold is double threshold && result.NoSpeechProbability > threshold;
        bool repetitive = result.Repeats || (_options.CompressionRatioThreshold is double most && result.CompressionRatio > most);
        return (repetitive || improbable) && !silent;
    }

    private static bool IsDoubtful(DecodingResult result) =>
        result.AverageLogProbability < DoubtfulLogProbability
        || result.CompressionRatio > DoubtfulCompressionRatio
        || result.Repeats
        || result.Tokens.Length == 0;

    /// <summary>The original keeps the last attempt, which is the most random one; ours keeps the most probable that does not loop.</summary>
    private DecodingResult BestOf(List<DecodingResult> failed, DecodingResult last) =>
        failed.Append(last)
            .OrderBy(result => result.Repeats || (_options.CompressionRatioThreshold is double most && result.CompressionRatio > most))
            .ThenByDescending(result => result.AverageLogProbability)
            .First();

    /// <summary>The same window of the same recording samples the same way, whatever came before.</summary>
    private int Seed(WindowKey window, int attempt) => unchecked((_options.Seed * 486187739) + ((int)window.Seek * 31) + attempt);
}
