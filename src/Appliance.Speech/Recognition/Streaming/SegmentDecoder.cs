using Appliance.Speech.Features;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>Decodes one live segment as it grows: the parts of recognition put together for a single window.</summary>
internal sealed class SegmentDecoder : IDisposable
{
    private readonly WhisperModel _model;
    private readonly TranscriptionOptions _partialOptions;
    private readonly TranscriptionOptions _finalOptions;
    private readonly SegmentMel _mel;
    private readonly WindowDecoder _decoder;
    private readonly LiveLanguage _language;
    private WindowEncoder? _encoder;
    private IMelSource? _source;

    /// <param name="model">The model; not owned.</param>
    /// <param name="options">How segments are recognised.</param>
    public SegmentDecoder(WhisperModel model, LiveRecognitionOptions options)
    {
        _model = model;
        _mel = new SegmentMel(model.MelCount);
        _decoder = new WindowDecoder(model.Graphs, model.Tokenizer);
        _language = new LiveLanguage(model, options);
        _partialOptions = new TranscriptionOptions
        {
            Language = options.Language,
            Languages = options.Languages,
            Task = options.Task,
            InitialPrompt = options.InitialPrompt,
            Hotwords = options.Hotwords,
            Temperatures = [0],
        };

        // half of the usual ladder: a segment that fails three times is noise, and somebody waits for the answer
        _finalOptions = _partialOptions with { BeamSize = options.BeamSize, Temperatures = [0, 0.4, 0.8] };
        OptionCheck.Run(_finalOptions, model, hasVoiceActivity: false);
    }

    /// <summary>Tokens before the SOT sequence of a segment.</summary>
    /// <param name="before">Text tokens of the segment that it goes on from; empty as a rule.</param>
    public int[] Prompt(ReadOnlySpan<int> before)
    {
        PromptHistory history = new(_model.Tokenizer, _partialOptions, _model.Graphs.Dimensions.TextContext);
        history.Add(before);
        return history.Current();
    }

    /// <summary>Takes the segment as far as it has been heard.</summary>
    /// <returns>False when it is too short to say anything.</returns>
    public bool Hear(SegmentAudio audio)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(audio.Samples.Length, WindowKey.FullFrames * LogMelSpectrogram.HopSamples, nameof(audio));
        _source = _mel.Read(audio.Samples.Span);
        _encoder = new WindowEncoder(_model.Graphs, _source);
        return _source.ContentFrames > 1;
    }

    /// <summary>The language of what was heard.</summary>
    /// <param name="speechSeconds">Seconds of speech in it.</param>
    /// <param name="isSure">False when more speech may well change it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public string Language(double speechSeconds, out bool isSure, CancellationToken cancellationToken)
    {
        isSure = true;
        if (_language.Fixed is { } known)
        {
            return known;
        }

        _encoder!.Encode(Window(), cancellationToken);
        return _language.Choose(_decoder.DetectLanguage(isOneOfSeveral: false, cancellationToken), speechSeconds, out isSure);
    }

    /// <summary>The languages that the complete segment may be in; see <see cref="LiveLanguage.Candidates"/>.</summary>
    public IReadOnlyList<string> Languages(double speechSeconds, CancellationToken cancellationToken)
    {
        if (_language.Fixed is { } known)
        {
            return [known];
        }

        _encoder!.Encode(Window(), cancellationToken);
        return _language.Candidates(_decoder.DetectLanguage(isOneOfSeveral: false, cancellationToken), speechSeconds);
    }

    /// <summary>The language of a final text.</summary>
    public void Remember(string language) => _language.Last = language;

    /// <summary>One greedy attempt that begins with the forced tokens.</summary>
    public SegmentHypothesis Decode(string language, int[] prompt, int[] forced, CancellationToken cancellationToken)
    {
        WindowKey window = Window();
        AttemptFactory attempts = Attempts(_partialOptions, language, forced);
        _encoder!.Encode(window, cancellationToken);
        int? content = ShortContext.IsShort(window) ? window.Content : null;
        DecodingResult result = _decoder.Decode([attempts.Create(prompt, 0, content, isFirst: false, seed: 0)], cancellationToken)[0];
        int[] text = Array.FindAll(result.Tokens, token => token < _model.Tokenizer.EndOfText);
        WordAligner? aligner = Aligner(language, attempts, findsPeaks: true);
        List<TranscriptWord>? words = null;
        if (aligner is not null)
        {
            List<SegmentDraft> drafts = WindowSegments.Cut(result, _model.Tokenizer, 0, window.Content, keepTail: true).Segments;
            aligner.Add(drafts, window.Content, 0, cancellationToken);
            words = [.. drafts.SelectMany(draft => draft.Words ?? [])];
        }

        return new SegmentHypothesis
        {
            Result = result,
            Text = text,
            WordEnds = WordEnds(text, language),
            Peaks = aligner?.Peaks ?? [],
            Probabilities = aligner?.Probabilities ?? [],
            Words = words,
            Positions = window.Content / 2,
        };
    }

    /// <summary>The segments of the whole text, with word times where the model has them, in seconds of the segment.</summary>
    public List<SegmentDraft> Finish(string language, int[] prompt, int[] forced, out DecodingResult result, CancellationToken cancellationToken)
    {
        int content = (int)_source!.ContentFrames;
        AttemptFactory attempts = Attempts(_finalOptions, language, forced);
        WindowRecognizer recognizer = new(_encoder!, _decoder, attempts, _finalOptions, _model.Graphs.HasFreeAudioContext);
        result = recognizer.Recognize(0, content, prompt, isFirst: false, cancellationToken);
        List<SegmentDraft> drafts = WindowSegments.Cut(result, _model.Tokenizer, 0, content, keepTail: true).Segments;
        Aligner(language, attempts, findsPeaks: false)?.Add(drafts, content, 0, cancellationToken);
        return drafts;
    }

    /// <summary>For each word, the number of tokens up to its end.</summary>
    public int[] WordEnds(ReadOnlySpan<int> text, string language)
    {
        List<TokenWord> words = _model.Tokenizer.SplitToWords(text, language);
        int[] ends = new int[words.Count];
        int end = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            end += words[i].Tokens.Length;
            ends[i] = end;
        }

        return ends;
    }

    /// <inheritdoc/>
    public void Dispose() => _mel.Dispose();

    private WindowKey Window() => ShortContext.Key(AudioContext.Auto, _model.Graphs.HasFreeAudioContext, 0, (int)_source!.ContentFrames);

    private AttemptFactory Attempts(TranscriptionOptions options, string language, int[] forced) =>
        new(_model.Tokenizer, options, language, _model.Graphs.Dimensions.TextContext) { Forced = forced };

    private WordAligner? Aligner(string language, AttemptFactory attempts, bool findsPeaks) => _model.HasWordTimestamps
        ? new WordAligner(_model.Graphs, _model.Tokenizer, _partialOptions, language, attempts.Sot) { FindsPeaks = findsPeaks }
        : null;
}
