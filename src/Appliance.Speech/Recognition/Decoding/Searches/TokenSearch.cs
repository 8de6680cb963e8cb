using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>Chooses the tokens of one window: a fixed number of rows, one token each a step.</summary>
internal abstract class TokenSearch
{
    private readonly DecodingSettings _settings;
    private int[] _tokens;
    private int[] _spare;

    /// <param name="settings">How the window is decoded.</param>
    /// <param name="endOfText">Id of the end of text.</param>
    protected TokenSearch(DecodingSettings settings, int endOfText)
    {
        _settings = settings;
        EndOfText = endOfText;
        _tokens = new int[settings.Rows * settings.SampleLength];
        _spare = new int[settings.Rows > 1 ? _tokens.Length : 0];
    }

    /// <summary>Rows of the window.</summary>
    public int Rows => _settings.Rows;

    /// <summary>True when no further step is needed.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Tokens sampled so far, in each row.</summary>
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

    /// <summary>The tokens that a row has sampled.</summary>
    protected ReadOnlySpan<int> Row(int row) => _tokens.AsSpan(row * Settings.SampleLength, Length);

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
                Row(parents[row]).CopyTo(_spare.AsSpan(row * Settings.SampleLength));
            }

            (_tokens, _spare) = (_spare, _tokens);
        }

        for (int row = 0; row < Rows; row++)
        {
            _tokens[(row * Settings.SampleLength) + Length] = next[row];
        }

        Length++;
    }
}
