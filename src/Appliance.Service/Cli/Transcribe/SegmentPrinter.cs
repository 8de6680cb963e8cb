using Appliance.Service.Cli.Output;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Prints the text of each segment as soon as it is final, one line each.</summary>
internal sealed class SegmentPrinter(Terminal terminal)
{
    private int _printed;

    /// <summary>Prints segments that became final.</summary>
    public void Print(IReadOnlyList<TranscriptSegment> segments)
    {
        foreach (TranscriptSegment segment in segments)
        {
            _printed++;
            if (segment.Line.Length > 0)
            {
                terminal.WriteResult(segment.Line);
            }
        }
    }

    /// <summary>Prints what was not told on the way.</summary>
    public void Rest(IReadOnlyList<TranscriptSegment> all) => Print([.. all.Skip(_printed)]);
}
