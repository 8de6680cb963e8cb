namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>What a scheduler is made for.</summary>
/// <param name="Steps">Steps of a whole run.</param>
/// <param name="Strength">Part of the run that is used, above 0 to 1; 1 starts from noise alone.</param>
/// <param name="LatentCount">Values of one picture's latents.</param>
internal sealed record SchedulerRun(int Steps, double Strength, int LatentCount)
{
    /// <summary>Steps that are left out at the start: those of the whole run less as many as strength keeps, rounded down.</summary>
    public int FirstStep => Steps - Math.Min((int)(Steps * Strength), Steps);
}
