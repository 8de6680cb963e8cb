using System.Diagnostics;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Models;

namespace Appliance.Imaging;

/// <summary>Tells of steps with the time that they take, and shows previews.</summary>
internal sealed class ProgressWatcher(DiffusionModel model, IImageProgress? progress, IImagePreviews? previews, CancellationToken cancellationToken) : IDenoisingWatcher
{
    private long _started;
    private long _spent;

    /// <inheritdoc/>
    public void Starting(DenoisingState state) => (_started, _spent) = (Stopwatch.GetTimestamp(), 0);

    /// <inheritdoc/>
    public void Stepped(int step, DenoisingState state)
    {
        int steps = state.Scheduler.Timesteps.Length - state.Scheduler.FirstStep;
        int done = step - state.Scheduler.FirstStep + 1;

        // what previews took is not the steps'
        TimeSpan each = Stopwatch.GetElapsedTime(_started + _spent) / done;
        ImageStep told = new(done, steps, each, each * (steps - done));
        progress?.Stepped(told);
        if (previews is not null && done < steps && done % previews.Every == 0)
        {
            long start = Stopwatch.GetTimestamp();
            ReadOnlySpan<float> aim = state.Scheduler.Clean;
            RgbImage image = previews.UsesDecoder
                ? model.Parts.Decoder.Decode(aim, state.Size, cancellationToken).Image
                : model.Preview(cancellationToken).Draw(aim, state.Size);
            previews.Previewed(image, told);
            _spent += Stopwatch.GetTimestamp() - start;
        }
    }
}
