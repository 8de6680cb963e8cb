namespace Appliance.Imaging;

/// <summary>A picture that was drawn.</summary>
public sealed record DrawnImage
{
    /// <summary>The picture.</summary>
    public required RgbImage Image { get; init; }

    /// <summary>What it was drawn from.</summary>
    public required ImageRequest Request { get; init; }

    /// <summary>Where the time went.</summary>
    public required ImageTiming Timing { get; init; }

    /// <summary>How latents became pixels: <c>vae</c> or <c>vae-tiled</c>.</summary>
    public required string Decoder { get; init; }

    /// <summary>Whether the model's safety checker found what it looks for: the picture is black then.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>What the caller should know; each is "what is wrong: what to do".</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
