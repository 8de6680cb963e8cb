using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Inference.Models;

namespace Appliance.Imaging.Models;

/// <summary>What a request gets that does not say: the manifest's word first, then what suits the model's family.</summary>
public sealed record DiffusionDefaults
{
    /// <summary>Steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Guidance scale.</summary>
    public required double Guidance { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The defaults of a model.</summary>
    public static DiffusionDefaults Of(ModelManifest manifest, DiffusionModel model)
    {
        (int steps, double guidance) = Family(model);
        double Own(string name, double otherwise) => manifest.Defaults?.TryGetValue(name, out double value) is true ? value : otherwise;
        return new()
        {
            Steps = (int)Math.Clamp(Own("steps", steps), 1, ImageLimits.Steps),
            Guidance = Math.Clamp(Own("guidance", guidance), 0, ImageLimits.Guidance),
            Width = (int)Math.Clamp(Own("width", model.TrainedPixels), 1, ImageLimits.Side),
            Height = (int)Math.Clamp(Own("height", model.TrainedPixels), 1, ImageLimits.Side),
        };
    }

    // model cards: LCM 4 steps, guidance 8.5 where it is an input and 1 where it is not; turbo 1 to 4 steps without guidance
    private static (int Steps, double Guidance) Family(DiffusionModel model)
    {
        if (model.Layout.Scheduler.ClassName == "LCMScheduler")
        {
            return (4, model.TakesGuidance ? 8.5 : 1);
        }

        return model.Layout.IsTurbo ? (model.Layout.Scheduler.ClassName is SchedulerPolicies.EulerAncestralClass ? 2 : 1, 0) : (25, 7.5);
    }
}
