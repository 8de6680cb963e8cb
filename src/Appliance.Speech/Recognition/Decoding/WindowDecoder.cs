using Appliance.Speech.Recognition.Decoding.Searches;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Decodes the windows that are encoded: one attempt, all windows at once.</summary>
internal sealed class WindowDecoder
{
    private readonly IWhisperGraphs _graphs;
    private readonly WhisperTokenizer _tokenizer;
    private readonly LogProbabilities _probabilities = new();

    public WindowDecoder(IWhisperGraphs graphs, WhisperTokenizer tokenizer)
    {
        _graphs = graphs;
        _tokenizer = tokenizer;
    }

    /// <summary>Probability of each language for the first encoded window, in the order of the tokenizer.</summary>
    /// <param name="isOneOfSeveral">True when more than one window is encoded.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public float[] DetectLanguage(bool isOneOfSeveral, CancellationToken cancellationToken)
    {
        if (isOneOfSeveral)
        {
            _graphs.Select(0);
        }

        _graphs.Prompt([_tokenizer.StartOfTranscript], 1, [0], cancellationToken);
        ReadOnlySpan<float> logits = _graphs.Logits(0, 0).Slice(_tokenizer.LanguageTokenBegin, _tokenizer.LanguageTokenCount);
        float normaliser = _probabilities.LogSumExp(logits);
        float[] probabilities = new float[logits.Length];
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = MathF.Exp(logits[i] - normaliser);
        }

        return probabilities;
    }

    /// <summary>Makes one attempt at each of the selected windows.</summary>
    /// <param name="settings">How, for each window; only their filters differ.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="mayDrop">True when nobody needs the encoded windows afterwards, so that those that have ended can go.</param>
    public DecodingResult[] Decode(IReadOnlyList<DecodingSettings> settings, CancellationToken cancellationToken, bool mayDrop = false)
    {
        TokenSearch[] searches = [.. settings.Select(s => s.Temperature == 0 && s.Rows > 1
            ? (TokenSearch)new BeamSearch(s, _tokenizer.EndOfText)
            : new SampleSearch(s, _tokenizer.EndOfText))];
        double[] noSpeech = Prompt(settings[0], searches.Length, cancellationToken);
        Sample(settings[0], [.. searches], mayDrop && settings[0].Rows == 1 && _graphs.CanDropWindows, cancellationToken);
        DecodingResult[] results = new DecodingResult[searches.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Result(settings[i], Best(searches[i].Finish(), settings[i].LengthPenalty), noSpeech[i]);
        }

        return results;
    }

    private double[] Prompt(DecodingSettings settings, int windows, CancellationToken cancellationToken)
    {
        int length = settings.Prompt.Length;
        int[] tokens = new int[windows * length];
        for (int i = 0; i < windows; i++)
        {
            settings.Prompt.CopyTo(tokens, i * length);
        }

        // the row of the start-of-transcript token tells of speech; the last row of the first token
        ReadOnlySpan<int> rows = settings.SotIndex < length - 1 ? [settings.SotIndex, length - 1] : [length - 1];
        _graphs.Prompt(tokens, length, rows, cancellationToken);
        double[] noSpeech = new double[windows];
        for (int i = 0; i < windows; i++)
        {
            ReadOnlySpan<float> logits = _graphs.Logits(i, 0);
            noSpeech[i] = Math.Exp(logits[_tokenizer.NoSpeech] - _probabilities.LogSumExp(logits));
        }

        return noSpeech;
    }

    private void Sample(DecodingSettings settings, List<TokenSearch> searches, bool mayDrop, CancellationToken cancellationToken)
    {
        int rows = settings.Rows;
        int[] next = new int[searches.Count * rows];
        int[] parents = new int[next.Length];
        int promptRow = settings.SotIndex < settings.Prompt.Length - 1 ? 1 : 0;
        bool reorders = settings.Temperature == 0 && rows > 1;
        for (int step = 0; ; step++)
        {
            bool first = step == 0;
            for (int i = 0; i < searches.Count; i++)
            {
                Span<int> windowNext = next.AsSpan(i * rows, rows);
                Span<int> windowParents = parents.AsSpan(i * rows, rows);
                if (searches[i].IsComplete)
                {
                    // a window that has ended goes on as ballast until the others have
                    Hold(windowNext, windowParents, _tokenizer.EndOfText);
                }
                else
                {
                    searches[i].Advance(new RowLogits(_graphs, first ? i : i * rows, first ? promptRow : 0, first), windowNext, windowParents);
                }

                Offset(windowParents, i * rows);
            }

            int length = settings.Prompt.Length + step + 1;
            if (AllComplete(searches) || step + 1 >= settings.SampleLength || length > _graphs.Dimensions.TextContext)
            {
                return;
            }

            if (first)
            {
                _graphs.Expand(rows);
            }
            else if (reorders)
            {
                _graphs.Reorder(parents);
            }

            if (mayDrop)
            {
                Drop(searches, next);
            }

            _graphs.Step(next.AsSpan(0, searches.Count * rows), cancellationToken);
        }
    }

    /// <summary>Lets the windows go that have ended, once they are half of all: moving the others costs a few steps.</summary>
    private void Drop(List<TokenSearch> searches, int[] next)
    {
        int ended = 0;
        foreach (TokenSearch search in searches)
        {
            ended += search.IsComplete ? 1 : 0;
        }

        if (ended * 2 < searches.Count)
        {
            return;
        }

        List<int> kept = [];
        for (int i = 0; i < searches.Count; i++)
        {
            if (!searches[i].IsComplete)
            {
                next[kept.Count] = next[i];
                kept.Add(i);
            }
        }

        _graphs.Keep(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept));
        searches.RemoveAll(search => search.IsComplete);
    }

    private static bool AllComplete(List<TokenSearch> searches)
    {
        foreach (TokenSearch search in searches)
        {
            if (!search.IsComplete)
            {
                return false;
            }
        }

        return true;
    }

    private static void Hold(Span<int> next, Span<int> parents, int token)
    {
        for (int row = 0; row < next.Length; row++)
        {
            next[row] = token;
            parents[row] = row;
        }
    }

    private static void Offset(Span<int> parents, int by)
    {
        for (int row = 0; row < parents.Length; row++)
        {
            parents[row] += by;
        }
    }

    private static Candidate Best(IReadOnlyList<Candidate> candidates, double? lengthPenalty)
    {
        Candidate best = candidates[0];
        double bestScore = double.NegativeInfinity;
        foreach (Candidate candidate in candidates)
        {
            int length = candidate.Tokens.Length;
            double penalty = lengthPenalty is double alpha ? Math.Pow((5.0 + length) / 6.0, alpha) : length;
            double score = penalty == 0 ? double.NegativeInfinity : candidate.SumLogProbability / penalty;
            if (score > bestScore)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    private DecodingResult Result(DecodingSettings settings, Candidate candidate, double noSpeech)
    {
        string text = _tokenizer.Decode(candidate.Tokens).Trim();
        return new DecodingResult
        {
            Tokens = candidate.Tokens,
            Text = text,
            AverageLogProbability = candidate.SumLogProbability / (candidate.Tokens.Length - settings.Forced.Length + 1),
            NoSpeechProbability = noSpeech,
            CompressionRatio = CompressionRatio.Of(text),
            Temperature = settings.Temperature,
            Repeats = candidate.Repeats,
        };
    }
}
