namespace Appliance.Speech.Recognition.Decoding;

/// <summary>A recognised window on its way into the transcript.</summary>
internal sealed record WindowOutcome
{
    /// <summary>First mel frame.</summary>
    public required long Seek { get; init; }

    /// <summary>Mel frames of content.</summary>
    public required int Content { get; init; }

    /// <summary>Mel frames of the whole recording.</summary>
    public required long RecordingFrames { get; init; }

    /// <summary>End of the last word before the window, in seconds.</summary>
    public required double LastSpeech { get; init; }

    /// <summary>True when nothing is said after the last timestamp.</summary>
    public required bool EndsInSilence { get; init; }

    /// <summary>The window's segments.</summary>
    public required List<SegmentDraft> Segments { get; init; }

    /// <summary>End of the last word of some segments, or of the last of them when none has words; null without segments.</summary>
    public static double? LastWordEnd(List<SegmentDraft> segments)
    {
        for (int i = segments.Count - 1; i >= 0; i--)
        {
            if (segments[i].Words is { Count: > 0 } words)
            {
                return words[^1].End;
            }
        }

        return segments.Count > 0 ? segments[^1].End : null;
    }

    /// <summary>Empties segments that last no time or say nothing.</summary>
    public static void ClearBlank(List<SegmentDraft> segments)
    {
        foreach (SegmentDraft segment in segments)
        {
            if (segment.Start == segment.End || string.IsNullOrWhiteSpace(segment.Text))
            {
                segment.Text = "";
                segment.Tokens = [];
                segment.Words = segment.Words is null ? null : [];
            }
        }
    }
}
