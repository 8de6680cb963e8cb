using System.Numerics.Tensors;
using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>
/// Greedy decoding at temperature 0, independent samples above it. Log-probabilities are those of the filtered logits before
/// the temperature (openai/whisper decoding.py, GreedyDecoder).
/// </summary>
internal sealed class SampleSearch : TokenSearch
{
    private readonly LogProbabilities _probabilities = new();
    private readonly Random _random;
    private readonly float[] _sums;
    private readonly int[] _lengths;
    private readonly bool[] _repeats;
    private readonly LoopGuard[] _guards;

    public SampleSearch(DecodingSettings settings, int endOfText)
        : base(settings, endOfText)
    {
        _random = new Random(settings.Seed);
        _sums = new float[Rows];
        _lengths = new int[Rows];
        _repeats = new bool[Rows];
        _guards = new LoopGuard[settings.LoopGuard ? Rows : 0];
        for (int row = 0; row < _guards.Length; row++)
        {
            _guards[row] = new LoopGuard(settings.Forced.Length + settings.SampleLength, endOfText);
            foreach (int token in settings.Forced)
            {
                _guards[row].Add(token);
            }
        }

        _lengths.AsSpan().Fill(-1);
    }

    /// <inheritdoc />
    public override bool IsComplete => !_lengths.AsSpan().Contains(-1);

    /// <inheritdoc />
    public override void Advance(RowLogits logits, Span<int> next, Span<int> parents)
    {
        TokenRange shared = logits.IsShared ? Filter(logits.Row(0), 0) : default;
        for (int row = 0; row < Rows; row++)
        {
            parents[row] = row;
            next[row] = EndOfText;
            if (_lengths[row] >= 0)
            {
                continue;
            }

            Span<float> values = logits.Row(row);
            TokenRange range = logits.IsShared ? shared : Filter(values, row);
            next[row] = Choose(values[range.Begin..range.End], row) is int index and >= 0 ? range.Begin + index : EndOfText;
        }

        Append(next, parents);
        for (int row = 0; row < Rows; row++)
        {
            Close(row, next[row]);
        }
    }

    /// <inheritdoc />
    public override IReadOnlyList<Candidate> Finish()
    {
        Candidate[] candidates = new Candidate[Rows];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<int> tokens = Row(row);
            candidates[row] = new Candidate(tokens[..(_lengths[row] < 0 ? tokens.Length : _lengths[row])].ToArray(), _sums[row], _repeats[row]);
        }

        return candidates;
    }

    /// <returns>Index of the token, or -1 when all are masked.</returns>
    private int Choose(ReadOnlySpan<float> logits, int row)
    {
        int best = TensorPrimitives.IndexOfMax(logits);
        if (best < 0 || float.IsNegativeInfinity(logits[best]))
        {
            return -1;
        }

        float normaliser = _probabilities.LogSumExp(logits);
        int chosen = Settings.Temperature == 0 ? best : Sample(logits, logits[best]);
        _sums[row] += logits[chosen] - normaliser;
        return chosen;
    }

    private int Sample(ReadOnlySpan<float> logits, float maximum)
    {
        double left = _random.NextDouble() * _probabilities.Exponentials(logits, maximum, (float)Settings.Temperature, out ReadOnlySpan<float> weights);
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                left -= weights[i];
                if (left < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    private void Close(int row, int token)
    {
        if (_lengths[row] >= 0)
        {
            return;
        }

        if (token == EndOfText)
        {
            _lengths[row] = Length - 1;
        }
        else if (_guards.Length > 0 && _guards[row].Add(token))
        {
            _lengths[row] = Length;
            _repeats[row] = true;
        }
    }
}
