using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>Chooses the tokens of one window: a fixed number of rows, one token each a step.</summary>
internal abstract class TokenSearch
{
    private readonly DecodingSettings _settings;
    private readonly int _capacity;
    private int[] _tokens;
    private int[] _spare;

    /// <param name="settings">How the window is decoded.</param>
    /// <param name="endOfText">Id of the end of text.</param>
    protected TokenSearch(DecodingSettings settings, int endOfText)
    {
        _settings = settings;
        EndOfText = endOfText;
        _capacity = settings.Forced.Length + settings.SampleLength;
        _tokens = new int[settings.Rows * _capacity];
        _spare = new int[settings.Rows > 1 ? _tokens.Length : 0];
        Length = settings.Forced.Length;
        for (int row = 0; row < settings.Rows; row++)
        {
            settings.Forced.CopyTo(_tokens, row * _capacity);
        }
    }

    /// <summary>Rows of the window.</summary>
    public int Rows => _settings.Rows;

    /// <summary>True when no further step is needed.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Tokens so far in each row, forced ones included.</summary>
    protected int Length { get; private set; }

    /// <summary>Id of the end of text.</summary>
    protected int EndOfText { get; }

    /// <summary>How the window is decoded.</summary>
    protected DecodingSettings Settings => _settings;

    /// <summary>Takes the next token of each row.</summary>
    /// <param name="logits">Logits of the window's rows; on the first step of one row, which stands for all.</param>
    /// <param name="next">The token of each row.</param>
    /// <param name="parents">The row, within the window, that each row goes on from.</param>
    public abstract void Advance(RowLogits logits, Span<int> next, Span<int> parents);

    /// <summary>The sequences that were found, complete ones first.</summary>
    public abstract IReadOnlyList<Candidate> Finish();

    /// <summary>The tokens of a row: the forced ones, then those sampled.</summary>
    protected ReadOnlySpan<int> Row(int row) => _tokens.AsSpan(row * _capacity, Length);

    /// <summary>Applies the filters to a row's logits.</summary>
    protected TokenRange Filter(Span<float> logits, int row)
    {
        TokenRange range = new(0, logits.Length);
        foreach (ILogitFilter filter in _settings.Filters)
        {
            filter.Apply(logits, Row(row), ref range);
        }

        return range;
    }

    /// <summary>Appends the tokens that were chosen; row i goes on from parents[i].</summary>
    protected void Append(ReadOnlySpan<int> next, ReadOnlySpan<int> parents)
    {
        if (Rows > 1)
        {
            for (int row = 0; row < Rows; row++)
            {
                Row(parents[row]).CopyTo(_spare.AsSpan(row * _capacity));
            }

            (_tokens, _spare) = (_spare, _tokens);
        }

        for (int row = 0; row < Rows; row++)
        {
            _tokens[(row * _capacity) + Length] = next[row];
        }

        Length++;
    }
}
