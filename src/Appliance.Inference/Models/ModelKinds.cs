namespace Appliance.Inference.Models;

/// <summary>The kinds of model that this version can use.</summary>
public static class ModelKinds
{
    /// <summary>Speech recognition.</summary>
    public const string Whisper = "whisper";

    /// <summary>Voice activity detection.</summary>
    public const string Vad = "vad";

    /// <summary>Text to image.</summary>
    public const string Diffusion = "diffusion";
}
