namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>A word of a window while its times are worked on.</summary>
internal sealed class TimedWord
{
    /// <summary>Text; empty once the word was merged into a neighbour.</summary>
    public required string Text { get; set; }

    /// <summary>Tokens that the word is made of; 0 once it was merged.</summary>
    public required int TokenCount { get; set; }

    /// <summary>Seconds of the window.</summary>
    public required double Start { get; set; }

    /// <summary>Seconds of the window.</summary>
    public required double End { get; set; }

    /// <summary>Mean probability of the word's own tokens.</summary>
    public required double Probability { get; init; }

    /// <summary>Seconds.</summary>
    public double Duration => End - Start;
}
