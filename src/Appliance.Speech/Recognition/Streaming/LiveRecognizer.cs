using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>
/// Recognises live segments: while one grows, each look at it decodes all of it again with the committed text as forced prefix; a
/// streaming policy says what more is sure, and the firewall what may be shown at all (design: speech.md §2.10).
/// </summary>
internal sealed class LiveRecognizer : ILiveRecognizer
{
    /// <summary>Below this peak of speech probability nobody spoke: the negative threshold of voice activity detection.</summary>
    private const float LeastVoice = 0.35f;

    /// <summary>A hypothesis that is better than this may be committed whatever else speaks against it.</summary>
    private const double SureLogProbability = -0.5;

    /// <summary>Else its words must have this mean probability.</summary>
    private const double SureWords = 0.6;

    /// <summary>And the model must not say that nobody speaks.</summary>
    private const double SureNoSpeech = 0.5;

    /// <summary>Word times are this uncertain, in seconds.</summary>
    private const double WordSlack = 0.2;

    /// <summary>What the model ends every stretch of audio with, whether the speaker has ended or not.</summary>
    private static readonly char[] OpenEnd = ['.', ',', '!', '?', ';', ':', '-', '…', '。', '、', '，', '！', '？', ' '];

    private readonly WhisperTokenizer _tokenizer;
    private readonly HallucinationFirewall _firewall;
    private readonly IStreamingPolicy _policy;
    private readonly SegmentDecoder _decoder;
    private int[] _prompt = [];
    private int[] _committed = [];
    private int[] _previous = [];
    private int[] _lastFinal = [];
    private string? _language;
    private Hypothesis _shown = new(string.Empty, string.Empty, "en");

    /// <param name="model">The model; not owned.</param>
    /// <param name="firewall">Judges all text.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The streaming policy is unknown, or the model can't serve it.</exception>
    /// <exception cref="TranscriptionException">Another option is wrong.</exception>
    public LiveRecognizer(WhisperModel model, HallucinationFirewall firewall, LiveRecognitionOptions options)
    {
        _tokenizer = model.Tokenizer;
        _firewall = firewall;
        _policy = StreamingPolicies.Choose(options.Streaming, model.HasWordTimestamps);
        _decoder = new SegmentDecoder(model, options);
    }

    /// <inheritdoc/>
    public string Policy => _policy.Name;

    /// <inheritdoc/>
    public void Begin(bool continues, string committed = "", string? language = null)
    {
        _prompt = _decoder.Prompt(continues ? _lastFinal : []);
        _committed = committed.Length > 0 ? [_tokenizer.TimestampBegin, .. _tokenizer.Encode(" " + committed)] : [];
        _previous = [];
        _language = committed.Length > 0 ? language : null;
        _shown = new Hypothesis(TextOf(_committed), string.Empty, language ?? "en");
    }

    /// <inheritdoc/>
    public Hypothesis Update(SegmentAudio audio, bool mayCommit, CancellationToken cancellationToken)
    {
        // 1. decode; 2. judge what is not committed yet; 3. commit what is sure; 4. show the rest, unless it may not be shown
        if (!_decoder.Hear(audio))
        {
            return _shown;
        }

        bool isSure = true;
        string language = _language ?? _decoder.Language(SpeechSeconds(audio), out isSure, cancellationToken);
        SegmentHypothesis hypothesis = _decoder.Decode(language, _prompt, _committed, cancellationToken);
        int committedText = TextCount(_committed);
        int[] previous = _previous;
        _previous = hypothesis.Text;
        if (hypothesis.Text.Length == committedText)
        {
            return _shown;
        }

        FirewallCandidate candidate = Candidate(hypothesis, committedText, audio);
        if (_firewall.Judge(candidate) is not null)
        {
            return _shown;
        }

        if (mayCommit && isSure && MayStay(candidate))
        {
            Commit(hypothesis, previous, committedText, audio, language);
        }

        string committed = TextOf(_committed);
        string tentative = TextOf(hypothesis.Text)[committed.Length..].TrimEnd(OpenEnd);
        return _shown = new Hypothesis(committed, tentative, language);
    }

    /// <inheritdoc/>
    public SegmentText Finish(SegmentAudio audio, CancellationToken cancellationToken)
    {
        List<TranscriptWord>? words = null;
        List<DroppedText> dropped = [];
        List<int> text = [];
        string language = _language ?? "en";
        double start = audio.Start;
        double end = audio.End;
        if (_decoder.Hear(audio))
        {
            List<SegmentDraft> drafts = Decode(audio, out language, out bool repeats, cancellationToken);
            SegmentSieve sieve = new(_tokenizer, _firewall, audio, TextCount(_committed), repeats);
            drafts.ForEach(sieve.Add);
            (text, words, dropped) = (sieve.Text, sieve.Words, sieve.Dropped);
            (start, end) = (sieve.Start ?? start, sieve.End ?? end);
        }

        if (text.Count > 0)
        {
            _decoder.Remember(language);
        }

        string final = TextOf(text.ToArray());
        _lastFinal = [.. text];
        return new SegmentText(final.Length > TextOf(_committed).Length ? final.TrimEnd() : final, language, start, end, words, dropped);
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    /// <summary>
    /// Decodes the whole segment. Where its language is in doubt, it is decoded in each that it may be, and the text that the model believes
    /// most is taken: a short piece of speech is easily mistaken for another language, its text then is not believed.
    /// </summary>
    private List<SegmentDraft> Decode(SegmentAudio audio, out string language, out bool repeats, CancellationToken cancellationToken)
    {
        List<SegmentDraft> best = [];
        double most = double.NegativeInfinity;
        (language, repeats) = ("en", false);
        foreach (string candidate in _language is { } known ? [known] : _decoder.Languages(SpeechSeconds(audio), cancellationToken))
        {
            List<SegmentDraft> drafts = _decoder.Finish(candidate, _prompt, _committed, out DecodingResult result, cancellationToken);
            double belief = result.Repeats ? double.MinValue : result.AverageLogProbability;
            if (belief > most)
            {
                (best, most, language, repeats) = (drafts, belief, candidate, result.Repeats);
            }
        }

        return best;
    }

    private void Commit(SegmentHypothesis hypothesis, int[] previous, int committedText, SegmentAudio audio, string language)
    {
        int words = Math.Min(_policy.CommittableWords(hypothesis, previous), hypothesis.WordsWithin(VoicedText(hypothesis, audio)));
        while (words == hypothesis.WordEnds.Length && words > 0 && IsOpenEnd(hypothesis, words))
        {
            words--;
        }

        int count = words > 0 ? hypothesis.WordEnds[words - 1] : 0;
        string all = TextOf(hypothesis.Text);
        string committed = TextOf(hypothesis.Text.AsSpan(0, count));

        // a character that is not whole yet would change
        if (count > committedText && all.StartsWith(committed, StringComparison.Ordinal) && !committed.EndsWith('\uFFFD'))
        {
            _committed = Through(hypothesis.Result.Tokens, count);
            _language = language;
        }
    }

    /// <summary>What is committed can't be dropped any more, so it must be better than what may be shown.</summary>
    private static bool MayStay(FirewallCandidate candidate) =>
        candidate.AverageLogProbability > SureLogProbability || (candidate.WordProbability is not < SureWords && candidate.NoSpeechProbability < SureNoSpeech);

    /// <summary>Whether the last word is nothing but the punctuation that any stretch of audio ends with.</summary>
    private bool IsOpenEnd(SegmentHypothesis hypothesis, int words) =>
        _tokenizer.Decode(hypothesis.Text.AsSpan(words > 1 ? hypothesis.WordEnds[words - 2] : 0)).Trim(OpenEnd).Length == 0;

    /// <summary>Text tokens up to the first word whose audio nobody spoke in; all of them where there are no word times.</summary>
    private int VoicedText(SegmentHypothesis hypothesis, SegmentAudio audio)
    {
        if (hypothesis.Words is null)
        {
            return hypothesis.Text.Length;
        }

        string text = string.Empty;
        foreach (TranscriptWord word in hypothesis.Words)
        {
            if (audio.Evidence.Peak(audio.Start + word.Start - WordSlack, audio.Start + word.End + WordSlack) < LeastVoice)
            {
                return TokensWithin(hypothesis.Text, text.Length);
            }

            text += word.Word;
        }

        return hypothesis.Text.Length;
    }

    /// <summary>How many tokens the first characters of a text take.</summary>
    private int TokensWithin(int[] text, int length)
    {
        int count = text.Length;
        while (count > 0 && _tokenizer.Decode(text.AsSpan(0, count)).Length > length)
        {
            count--;
        }

        return count;
    }

    /// <summary>What a hypothesis says beyond what is committed.</summary>
    private FirewallCandidate Candidate(SegmentHypothesis hypothesis, int committedText, SegmentAudio audio)
    {
        int characters = _tokenizer.Decode(hypothesis.Text.AsSpan(0, committedText)).Length;
        List<TranscriptWord>? words = null;
        if (hypothesis.Words is { } all)
        {
            int at = 0;
            words = [.. all.SkipWhile(word => (at += word.Word.Length) <= characters).Select(word => word with { Start = audio.Start + word.Start, End = audio.Start + word.End })];
        }

        string text = _tokenizer.Decode(hypothesis.Text.AsSpan(committedText));
        return new FirewallCandidate
        {
            Text = text,
            Start = words is { Count: > 0 } ? words[0].Start : audio.Start,
            End = words is { Count: > 0 } ? words[^1].End : audio.End,
            Tokens = hypothesis.Text.AsMemory(committedText),
            AverageLogProbability = hypothesis.Result.AverageLogProbability,
            NoSpeechProbability = hypothesis.Result.NoSpeechProbability,
            CompressionRatio = CompressionRatio.Of(text),
            Repeats = hypothesis.Result.Repeats,
            Words = words,
            Evidence = audio.Evidence,
            IsOpen = true,
        };
    }

    /// <summary>The tokens up to and including so many of text.</summary>
    private int[] Through(int[] tokens, int text)
    {
        int end = 0;
        while (text > 0)
        {
            text -= tokens[end++] < _tokenizer.EndOfText ? 1 : 0;
        }

        return tokens[..end];
    }

    private int TextCount(ReadOnlySpan<int> tokens)
    {
        int count = 0;
        foreach (int token in tokens)
        {
            count += token < _tokenizer.EndOfText ? 1 : 0;
        }

        return count;
    }

    private string TextOf(ReadOnlySpan<int> tokens)
    {
        int[] text = new int[TextCount(tokens)];
        int count = 0;
        foreach (int token in tokens)
        {
            if (token < _tokenizer.EndOfText)
            {
                text[count++] = token;
            }
        }

        return _tokenizer.Decode(text).TrimStart();
    }

    private static double SpeechSeconds(SegmentAudio audio) => audio.Evidence.SpeechSeconds(audio.Start, audio.End);
}
