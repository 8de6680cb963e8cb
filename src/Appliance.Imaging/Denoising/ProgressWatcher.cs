using System.Diagnostics;

namespace Appliance.Imaging.Denoising;

/// <summary>Tells of steps with the time that they take.</summary>
internal sealed class ProgressWatcher(IImageProgress progress) : IDenoisingWatcher
{
    private long _started;

    /// <inheritdoc/>
    public void Starting(DenoisingState state) => _started = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Stepped(int step, DenoisingState state)
    {
        int steps = state.Scheduler.Timesteps.Length - state.Scheduler.FirstStep;
        int done = step - state.Scheduler.FirstStep + 1;
        TimeSpan each = Stopwatch.GetElapsedTime(_started) / done;
        progress.Stepped(new(done, steps, each, each * (steps - done)));
    }
}
