using Appliance.Service.Cli.Output;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Hands the progress of a transcription to what is printed and what is shown; at once, in the caller's thread.</summary>
internal sealed class ProgressRelay(Terminal terminal, ProgressLine line, SegmentPrinter? printer) : IProgress<TranscriptionProgress>
{
    /// <inheritdoc/>
    public void Report(TranscriptionProgress value)
    {
        line.Advance(value.Seconds, value.Duration);
        printer?.Print(value.NewSegments);
        if (terminal.ShowsProgress)
        {
            terminal.ShowStatus(line);
        }
    }
}
