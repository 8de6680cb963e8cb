namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>How the variances of the training noise grow.</summary>
internal enum BetaSchedule
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>The square of an even growth of the roots, as in Stable Diffusion.</summary>
    ScaledLinear,

    /// <summary>By a cosine, at most 0.999 (Nichol and Dhariwal 2021).</summary>
    SquaredCosine,
}
