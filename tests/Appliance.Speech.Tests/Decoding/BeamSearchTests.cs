using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Decoding.Searches;
using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Tests.Decoding;

/// <summary>Beam search over a small language of random probabilities, against trying all sequences.</summary>
public sealed class BeamSearchTests
{
    private const int Vocabulary = 5;
    private const int EndOfText = 4;
    private const int Longest = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Advance_BeamAsWideAsTheLanguage_FindsTheMostProbableSequence(int seed)
    {
        Language language = new(seed);
        IReadOnlyList<Candidate> found = Search(language, rows: 1100, patience: 100);
        (int[] best, double score) = language.All(Longest).MaxBy(sequence => sequence.Score / Math.Max(1, sequence.Tokens.Length));
        Candidate candidate = found.MaxBy(c => c.SumLogProbability / Math.Max(1, c.Tokens.Length));

        Assert.Equal(best, candidate.Tokens);
        Assert.Equal(score, candidate.SumLogProbability, 4);
    }

    [Fact]
    public void Advance_Beam_IsNoWorseThanGreedy()
    {
        for (int seed = 10; seed < 40; seed++)
        {
            Candidate greedy = Search(new Language(seed), rows: 1, patience: 1)[0];
            Candidate beam = Search(new Language(seed), rows: 5, patience: 10).MaxBy(candidate => candidate.SumLogProbability);

            Assert.True(beam.SumLogProbability >= greedy.SumLogProbability - 1e-4,
                $"seed {seed}: [{string.Join(' ', beam.Tokens)}] {beam.SumLogProbability} < [{string.Join(' ', greedy.Tokens)}] {greedy.SumLogProbability}");
        }
    }

    [Theory]
    [InlineData(1.0, 4)]
    [InlineData(2.0, 8)]
    public void IsComplete_Patience_SaysHowManyMustHaveEnded(double patience, int ended)
    {
        List<Candidate> found = [.. Search(new Language(3), rows: 4, patience)];

        Assert.True(found.Count >= Math.Min(ended, 4));
        Assert.True(found.Count <= ended);
        Assert.Equal(found.Count, found.Select(c => string.Join(' ', c.Tokens)).Distinct(StringComparer.Ordinal).Count());
    }

    private static IReadOnlyList<Candidate> Search(Language language, int rows, double patience)
    {
        DecodingSettings settings = new()
        {
            Temperature = 0, Rows = rows, Patience = patience, LengthPenalty = null, SampleLength = Longest + 1, Filters = [], LoopGuard = false, Seed = 0, Prompt = [0], SotIndex = 0,
        };
        TokenSearch search = new BeamSearch(settings, EndOfText);
        int[] next = new int[rows];
        int[] parents = new int[rows];
        for (int step = 0; step <= Longest && !search.IsComplete; step++)
        {
            search.Advance(new RowLogits(language, 0, 0, step == 0), next, parents);
            language.Step(next, parents);
        }

        return search.Finish();
    }

    /// <summary>A language whose next token depends on the two before; every sequence ends after at most a few tokens.</summary>
    private sealed class Language : IWhisperGraphs
    {
        private readonly float[][] _logits = new float[Vocabulary * Vocabulary][];
        private readonly float[] _row = new float[Vocabulary];
        private List<int>[] _histories = [[]];

        public Language(int seed)
        {
            Random random = new(seed);
            for (int i = 0; i < _logits.Length; i++)
            {
                _logits[i] = [.. Enumerable.Range(0, Vocabulary).Select(_ => (float)(random.NextDouble() * 4))];
            }
        }

        public WhisperDimensions Dimensions => throw new NotSupportedException();

        public bool HasFreeAudioContext => false;

        public bool HasAlignment => false;

        public bool CanDropWindows => false;

        public GraphCalls Calls { get; } = new();

        public Span<float> Logits(int row, int logitRow)
        {
            After(_histories[Math.Min(row, _histories.Length - 1)]).CopyTo(_row, 0);
            return _row;
        }

        public void Step(int[] next, int[] parents) =>
            _histories = [.. next.Zip(parents, (token, parent) => (List<int>)[.. _histories[Math.Min(parent, _histories.Length - 1)], token])];

        public IEnumerable<(int[] Tokens, double Score)> All(int longest, params int[] start)
        {
            float[] logits = After([.. start]);
            double normaliser = Math.Log(logits.Sum(logit => Math.Exp(logit)));
            double sum = Score(start);
            yield return (start, sum + logits[EndOfText] - normaliser);
            for (int token = 0; token < EndOfText && start.Length < longest; token++)
            {
                foreach ((int[] Tokens, double Score) longer in All(longest, [.. start, token]))
                {
                    yield return longer;
                }
            }
        }

        public IWhisperGraphs Share() => this;

        public void Encode(ReadOnlySpan<float> logMel, int windows, int frames, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Select(int window) => throw new NotSupportedException();

        public void Prompt(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Expand(int rowsPerWindow) => throw new NotSupportedException();

        public void Step(ReadOnlySpan<int> tokens, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Keep(ReadOnlySpan<int> windows) => throw new NotSupportedException();

        public void Reorder(ReadOnlySpan<int> parents) => throw new NotSupportedException();

        public AlignmentScores Align(ReadOnlySpan<int> tokens, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
            // nothing is held
        }

        private double Score(int[] tokens)
        {
            double sum = 0;
            for (int i = 0; i < tokens.Length; i++)
            {
                float[] logits = After([.. tokens.Take(i)]);
                sum += logits[tokens[i]] - Math.Log(logits.Sum(logit => Math.Exp(logit)));
            }

            return sum;
        }

        private float[] After(List<int> history)
        {
            int last = history.Count > 0 ? history[^1] : 0;
            int before = history.Count > 1 ? history[^2] : 0;
            float[] logits = [.. _logits[(last * Vocabulary) + before]];
            if (history.Count >= Longest)
            {
                logits[EndOfText] = 50;
            }

            return logits;
        }
    }
}
