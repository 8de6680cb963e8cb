namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>What a denoiser's output means.</summary>
internal enum PredictionType
{
    /// <summary>The noise in the sample.</summary>
    Epsilon,

    /// <summary>Velocity: sqrt(a)·noise − sqrt(1−a)·clean (Salimans and Ho 2022, appendix D).</summary>
    VPrediction,

    /// <summary>The clean sample itself.</summary>
    Sample,
}
