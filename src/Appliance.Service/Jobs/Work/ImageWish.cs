using Appliance.Imaging;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;

namespace Appliance.Service.Jobs.Work;

/// <summary>A picture that somebody wants; what the model decides is null.</summary>
internal sealed record ImageWish
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>What is to be drawn.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is to be kept away from.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Noise generator.</summary>
    public required string Generator { get; init; }

    /// <summary>Scheduler.</summary>
    public string? Scheduler { get; init; }

    /// <summary>Steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Guidance scale.</summary>
    public double? Guidance { get; init; }

    /// <summary>Part of the rescaling.</summary>
    public double GuidanceRescale { get; init; }

    /// <summary>Width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Decoder.</summary>
    public required string Decoder { get; init; }

    /// <summary>Whether a model's own safety checker is applied.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>Whether the file is wanted over MQTT.</summary>
    public bool DeliversFile { get; init; }

    /// <summary>The request to a model.</summary>
    /// <exception cref="ModelException">The model's own scheduler is needed and none that is known.</exception>
    public ImageRequest Complete(ModelManifest manifest, DiffusionModel model)
    {
        DiffusionDefaults defaults = DiffusionDefaults.Of(manifest, model);
        return new ImageRequest
        {
            Prompt = Prompt,
            NegativePrompt = NegativePrompt,
            Seed = Seed,
            Generator = Generator,
            Scheduler = Scheduler ?? model.Scheduler,
            Steps = Steps ?? defaults.Steps,
            Guidance = Guidance ?? defaults.Guidance,
            GuidanceRescale = GuidanceRescale,
            Width = Width ?? defaults.Width,
            Height = Height ?? defaults.Height,
            Decoder = Decoder,
            IsChecked = IsChecked,
        };
    }
}
