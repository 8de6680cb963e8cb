using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>
/// Beam search with a pool of finished sequences and patience (arXiv 2204.05424; openai/whisper decoding.py, BeamSearchDecoder).
/// </summary>
internal sealed class BeamSearch : TokenSearch
{
    private readonly LogProbabilities _probabilities = new();
    private readonly List<Candidate> _finished = [];
    private readonly int _poolSize;
    private readonly float[] _sums;
    private readonly float[] _nextSums;
    private readonly BeamCandidate[] _candidates;
    private readonly BeamCandidate[] _top;
    private bool _repeats;

    public BeamSearch(DecodingSettings settings, int endOfText)
        : base(settings, endOfText)
    {
        _poolSize = Math.Max(1, (int)Math.Round(settings.Rows * settings.Patience));
        _sums = new float[Rows];
        _nextSums = new float[Rows];
        _candidates = new BeamCandidate[Rows * (Rows + 1)];
        _top = new BeamCandidate[Rows + 1];
    }

    /// <inheritdoc />
    public override bool IsComplete => _finished.Count >= _poolSize || _repeats;

    /// <inheritdoc />
    public override void Advance(RowLogits logits, Span<int> next, Span<int> parents)
    {
        // 1. the best continuations of each row; 2. the best of all go on or end; 3. what ended joins the pool
        int count = 0;
        int sources = logits.IsShared ? 1 : Rows;
        for (int row = 0; row < sources; row++)
        {
            count += Collect(logits.Row(row), row, _candidates.AsSpan(count));
        }

        Span<BeamCandidate> ranked = _candidates.AsSpan(0, count);
        ranked.Sort();
        int saved = 0;
        foreach (BeamCandidate candidate in ranked)
        {
            if (candidate.Token == EndOfText)
            {
                if (_finished.Count < _poolSize)
                {
                    _finished.Add(new Candidate(Row(candidate.Row).ToArray(), candidate.Score, Repeats: false));
                }

                continue;
            }

            _nextSums[saved] = candidate.Score;
            next[saved] = candidate.Token;
            parents[saved] = candidate.Row;
            if (++saved == Rows)
            {
                break;
            }
        }

        Fill(saved, next, parents);
        _nextSums.CopyTo(_sums, 0);
        Append(next, parents);
        _repeats = Settings.LoopGuard && _finished.Count == 0 && saved > 0 && LoopGuard.IsRepeated(Row(0), EndOfText);
    }

    /// <inheritdoc />
    public override IReadOnlyList<Candidate> Finish()
    {
        List<Candidate> all = [.. _finished];
        int[] order = [.. Enumerable.Range(0, Rows).OrderByDescending(row => _sums[row])];
        foreach (int row in order)
        {
            if (all.Count >= Rows || float.IsNegativeInfinity(_sums[row]))
            {
                break;
            }

            all.Add(new Candidate(Row(row).ToArray(), _sums[row], Settings.LoopGuard && LoopGuard.IsRepeated(Row(row), EndOfText)));
        }

        return all;
    }

    /// <summary>Rows that found no continuation go on as dead copies of the best, never chosen again.</summary>
    private void Fill(int saved, Span<int> next, Span<int> parents)
    {
        for (int row = saved; row < Rows; row++)
        {
            next[row] = EndOfText;
            parents[row] = saved > 0 ? parents[0] : 0;
            _nextSums[row] = float.NegativeInfinity;
        }
    }

    private int Collect(Span<float> logits, int row, Span<BeamCandidate> target)
    {
        if (float.IsNegativeInfinity(_sums[row]))
        {
            return 0;
        }

        TokenRange range = Filter(logits, row);
        ReadOnlySpan<float> values = logits[range.Begin..range.End];
        float normaliser = _probabilities.LogSumExp(values);
        if (float.IsNegativeInfinity(normaliser))
        {
            target[0] = new BeamCandidate(_sums[row], row, EndOfText, 0);
            return 1;
        }

        int count = TopTokens.Find(values, _top);
        for (int i = 0; i < count; i++)
        {
            float score = _sums[row] + (_top[i].Score - normaliser);
            target[i] = new BeamCandidate(score, row, range.Begin + _top[i].Token, i);
        }

        return count;
    }
}
