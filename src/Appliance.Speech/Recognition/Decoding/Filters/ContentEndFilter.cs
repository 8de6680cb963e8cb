namespace Appliance.Speech.Recognition.Decoding.Filters;

/// <summary>
/// With a shortened audio context the content's end is known: no timestamp lies later than 0.2 s after it, and nothing follows a
/// segment that closed within 0.5 s of it (design: speech.md, audio context).
/// </summary>
/// <param name="timestampBegin">Id of the timestamp 0.00.</param>
/// <param name="endOfText">Id of the end of text.</param>
/// <param name="contentFrames">Mel frames of content in the window.</param>
internal sealed class ContentEndFilter(int timestampBegin, int endOfText, int contentFrames) : ILogitFilter
{
    private const int AllowedPastEnd = 10;
    private const int NearEnd = 25;
    private readonly int _end = contentFrames / 2;

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled, ref TokenRange range)
    {
        range.MaskFrom(timestampBegin + _end + AllowedPastEnd + 1);
        bool closed = sampled.Length >= 2 && sampled[^1] >= timestampBegin && sampled[^2] < timestampBegin;
        if (closed && sampled[^1] - timestampBegin >= _end - NearEnd)
        {
            range = new TokenRange(endOfText, endOfText + 1);
        }
    }
}
