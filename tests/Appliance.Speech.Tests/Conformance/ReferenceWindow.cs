using Appliance.Testing.Reference;

namespace Appliance.Speech.Tests.Conformance;

/// <summary>One window of a reference transcript.</summary>
/// <param name="Seek">First mel frame.</param>
/// <param name="Tokens">What it kept: a text cut off at the window's end was thrown away.</param>
/// <param name="History">Tokens of the windows before.</param>
/// <param name="Segments">Its segments.</param>
internal sealed record ReferenceWindow(long Seek, int[] Tokens, int[] History, IReadOnlyList<ReferenceSegment> Segments)
{
    /// <summary>The windows of a transcript.</summary>
    public static List<ReferenceWindow> Of(ReferenceTranscript transcript)
    {
        List<ReferenceWindow> windows = [];
        int[] history = [];
        foreach (IGrouping<long, ReferenceSegment> group in transcript.Segments.GroupBy(segment => segment.Seek))
        {
            int[] tokens = [.. group.SelectMany(segment => segment.Tokens)];
            windows.Add(new ReferenceWindow(group.Key, tokens, history, [.. group]));
            history = [.. history, .. tokens];
        }

        return windows;
    }
}
