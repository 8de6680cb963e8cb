namespace Appliance.Imaging;

/// <summary>What a request may ask for at most, whatever the model.</summary>
public static class ImageLimits
{
    /// <summary>Steps of a run: the timesteps that models are trained on.</summary>
    public const int Steps = 1000;

    /// <summary>Width or height in pixels.</summary>
    public const int Side = 4096;

    /// <summary>Guidance scale.</summary>
    public const int Guidance = 100;

    /// <summary>Characters of a prompt; far more than any model reads.</summary>
    public const int PromptLength = 4000;
}
