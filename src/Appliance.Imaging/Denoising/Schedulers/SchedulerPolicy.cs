namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>A scheduler by its name.</summary>
/// <param name="Name">The name that people use.</param>
/// <param name="IsMeantBy">Whether a model's own configuration means this scheduler.</param>
/// <param name="Create">Makes the scheduler of one request; throws an <see cref="ImagingException"/> for steps that are not possible.</param>
internal sealed record SchedulerPolicy(string Name, Func<SchedulerConfig, bool> IsMeantBy, Func<SchedulerConfig, SchedulerRun, IScheduler> Create);
