using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Gives the words of a window their times: one more pass of the decoder over its text, then DTW (speech.md §2.7).</summary>
internal sealed class WordAligner
{
    private readonly IWhisperGraphs _graphs;
    private readonly WhisperTokenizer _tokenizer;
    private readonly TranscriptionOptions _options;
    private readonly string _language;
    private readonly int[] _sot;
    private readonly LogProbabilities _probabilities = new();

    /// <param name="graphs">The model's graphs.</param>
    /// <param name="tokenizer">Its vocabulary.</param>
    /// <param name="options">How the recording is transcribed.</param>
    /// <param name="language">Code of the language.</param>
    /// <param name="sot">SOT sequence without the no-timestamps token.</param>
    public WordAligner(IWhisperGraphs graphs, WhisperTokenizer tokenizer, TranscriptionOptions options, string language, ReadOnlySpan<int> sot)
    {
        _graphs = graphs;
        _tokenizer = tokenizer;
        _options = options;
        _language = language;
        _sot = sot.ToArray();
    }

    /// <summary>
    /// Of each text token of the last window, the encoder position (20 ms) that the decoder looked at most when it chose it.
    /// </summary>
    public int[] Peaks { get; private set; } = [];

    /// <summary>Of each text token of the last window, its probability among all text tokens.</summary>
    public float[] Probabilities { get; private set; } = [];

    /// <summary>Whether <see cref="Peaks"/> are wanted.</summary>
    public bool FindsPeaks { get; init; }

    /// <summary>Adds words to the segments of the window that is encoded and selected, and moves the segments' edges to them.</summary>
    /// <param name="segments">Segments of one window, in order.</param>
    /// <param name="content">Mel frames of content.</param>
    /// <param name="lastSpeech">End of the last word before the window, in seconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Add(IReadOnlyList<SegmentDraft> segments, int content, double lastSpeech, CancellationToken cancellationToken)
    {
        int[] text = WordTimestamps.TextTokens(segments, _tokenizer);
        Peaks = [];
        Probabilities = [];
        if (text.Length == 0)
        {
            foreach (SegmentDraft segment in segments)
            {
                segment.Words = [];
            }

            return;
        }

        int[] tokens = [.. _sot, _tokenizer.NoTimestamps, .. text, _tokenizer.EndOfText];
        AlignmentScores scores = _graphs.Align(tokens, cancellationToken);
        Peaks = FindsPeaks ? AttentionPeaks.Find(scores, _sot.Length, text.Length, content) : [];
        float[] probabilities = new float[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            ReadOnlySpan<float> logits = _graphs.Logits(0, _sot.Length + i)[.._tokenizer.EndOfText];
            probabilities[i] = MathF.Exp(logits[text[i]] - _probabilities.LogSumExp(logits));
        }

        Probabilities = probabilities;
        WordTimestamps.Add(segments, scores, probabilities, _tokenizer, _language, _sot.Length, content,
            _options.PrependPunctuations, _options.AppendPunctuations, lastSpeech);
    }
}
