using Appliance.Imaging;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Moves the progress line with the steps.</summary>
internal sealed class StepRelay(Terminal terminal, ProgressLine line) : IImageProgress
{
    /// <inheritdoc/>
    public void Stepped(in ImageStep state)
    {
        if (terminal.ShowsProgress)
        {
            line.Advance(state.Done, state.Steps, state.Remaining);
            terminal.ShowStatus(line);
        }
    }
}
