namespace Appliance.Imaging;

/// <summary>What Stable Diffusion XL takes beside the prompt; every part has a default that suits.</summary>
public sealed record XlConditioning
{
    /// <summary>Prompt of the second text encoder; null for the same.</summary>
    public string? SecondPrompt { get; init; }

    /// <summary>Size of the picture that the model should imitate a crop of; null for the size that is drawn.</summary>
    public (int Height, int Width)? OriginalSize { get; init; }

    /// <summary>Where that crop starts.</summary>
    public (int Top, int Left) CropTopLeft { get; init; }

    /// <summary>Size that is aimed at; null for the size that is drawn.</summary>
    public (int Height, int Width)? TargetSize { get; init; }

    /// <summary>All six numbers for the negative prompt; null for those of the prompt.</summary>
    public IReadOnlyList<float>? NegativeTimeIds { get; init; }
}
