namespace Appliance.Imaging;

/// <summary>One picture that is wanted. The same request to the same model on the same execution provider gives the same pixels.</summary>
public sealed record ImageRequest
{
    /// <summary>What is to be drawn.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is to be kept away from; used with guidance above 1. Null for nothing, which some models tell from the empty text.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Seed of the noise, 0 or more.</summary>
    public long Seed { get; init; }

    /// <summary>How the seed becomes noise: <c>torch-cpu</c> or <c>philox</c>.</summary>
    public string Generator { get; init; } = "torch-cpu";

    /// <summary>Name of a scheduler.</summary>
    public required string Scheduler { get; init; }

    /// <summary>Steps of a whole run.</summary>
    public required int Steps { get; init; }

    /// <summary>How much the prompt counts; 1 and less: without comparison, in half the time.</summary>
    public required double Guidance { get; init; }

    /// <summary>Part by which guided outputs get the deviation of unguided ones (Lin et al. 2023, section 3.4), 0 to 1.</summary>
    public double GuidanceRescale { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>A picture of that size to start from; null to start from noise.</summary>
    public RgbImage? Init { get; init; }

    /// <summary>How much of the run is used on a given picture, above 0 to 1.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Which parts of the given picture are drawn anew; null for all of it. Of the same size.</summary>
    public MaskImage? Mask { get; init; }

    /// <summary>Which decoder makes the pixels: <c>vae</c>, or <c>tiny</c> where the model has one.</summary>
    public string Decoder { get; init; } = "vae";

    /// <summary>Whether the model's own safety checker is applied, where it has one.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>What only Stable Diffusion XL takes.</summary>
    public XlConditioning? Xl { get; init; }
}
