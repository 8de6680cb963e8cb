namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Refuses arguments that the graphs would answer with a fault of their own, or with wrong numbers.</summary>
internal static class DecoderArguments
{
    /// <summary>Tokens of the vocabulary, shape [rows, length], that still fit behind <paramref name="past"/>.</summary>
    public static void CheckTokens(ReadOnlySpan<int> tokens, int rows, int length, int past, WhisperConfig config)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (past + length > config.TextContext)
        {
            throw new ArgumentException($"{past} and {length} tokens are more than the decoder's {config.TextContext}", nameof(length));
        }

        if (tokens.Length != rows * length)
        {
            throw new ArgumentException($"{tokens.Length} tokens for {rows} rows of {length}", nameof(tokens));
        }

        foreach (int token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)config.VocabularySize, nameof(tokens));
        }
    }

    /// <summary>Indices below <paramref name="length"/>, ascending.</summary>
    public static void CheckLogitRows(ReadOnlySpan<int> logitRows, int length)
    {
        int least = 0;
        foreach (int row in logitRows)
        {
            if (row < least || row >= length)
            {
                throw new ArgumentException($"row {row} of logits is out of order or beyond {length} tokens", nameof(logitRows));
            }

            least = row + 1;
        }
    }

    /// <summary>One parent for each row, of the same window.</summary>
    public static void CheckParents(ReadOnlySpan<int> parents, int rows, int windows)
    {
        if (parents.Length != rows)
        {
            throw new ArgumentException($"{parents.Length} parents for {rows} rows", nameof(parents));
        }

        int rowsPerWindow = rows / windows;
        for (int row = 0; row < rows; row++)
        {
            if ((uint)parents[row] >= (uint)rows || parents[row] / rowsPerWindow != row / rowsPerWindow)
            {
                throw new ArgumentException($"row {row} cannot become row {parents[row]}: it is none of its window", nameof(parents));
            }
        }
    }
}
