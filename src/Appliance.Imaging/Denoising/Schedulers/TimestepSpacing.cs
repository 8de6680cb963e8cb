namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>How the steps of a run are spread over the timesteps of training.</summary>
internal enum TimestepSpacing
{
    /// <summary>Evenly from the last to the first, both included.</summary>
    Linspace,

    /// <summary>Multiples of a whole ratio, from the small end.</summary>
    Leading,

    /// <summary>Multiples of the exact ratio, from the last timestep down.</summary>
    Trailing,
}
