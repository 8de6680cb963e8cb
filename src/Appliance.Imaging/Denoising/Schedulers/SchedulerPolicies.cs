using System.Collections.Frozen;

namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>The schedulers.</summary>
internal static class SchedulerPolicies
{
    /// <summary>The class of diffusers behind <c>euler-ancestral</c>.</summary>
    public const string EulerAncestralClass = "EulerAncestralDiscreteScheduler";

    private const string Ddim = "DDIMScheduler";
    private const string Euler = "EulerDiscreteScheduler";
    private const string DpmSolver = "DPMSolverMultistepScheduler";
    private const string Lcm = "LCMScheduler";
    private const string Pndm = "PNDMScheduler";
    private const string FlowName = "flow-euler";
    private const string FlowEuler = "FlowMatchEulerDiscreteScheduler";

    private static readonly SchedulerPolicy[] All =
    [
        new("ddim", config => config.ClassName == Ddim, (config, run) => new DdimScheduler(config, run)),
        new("euler", config => config is { ClassName: Euler, UsesKarrasSigmas: false }, (config, run) => new EulerScheduler(config, run, usesKarras: false)),
        new("euler-karras", config => config is { ClassName: Euler, UsesKarrasSigmas: true }, (config, run) => new EulerScheduler(config, run, usesKarras: true)),
        new("euler-ancestral", config => config.ClassName == EulerAncestralClass, (config, run) => new EulerAncestralScheduler(config, run)),
        new("dpmpp-2m", config => config is { ClassName: DpmSolver, UsesKarrasSigmas: false }, (config, run) => new DpmSolverScheduler(config, run, usesKarras: false)),
        new("dpmpp-2m-karras", config => config is { ClassName: DpmSolver, UsesKarrasSigmas: true }, (config, run) => new DpmSolverScheduler(config, run, usesKarras: true)),
        new("lcm", config => config.ClassName == Lcm, (config, run) => new LcmScheduler(config, run)),
        new("pndm", config => config.ClassName == Pndm, (config, run) => new PndmScheduler(config, run)),
        new(FlowName, config => config.ClassName == FlowEuler, (config, run) => new FlowEulerScheduler(config, run)),
    ];

    private static readonly FrozenDictionary<string, SchedulerPolicy> ByName = All.ToFrozenDictionary(policy => policy.Name, StringComparer.Ordinal);

    /// <summary>Names of all schedulers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(policy => policy.Name)];

    /// <summary>Whether a configuration is that of a rectified flow, whose outputs mean something else than those of all other models.</summary>
    public static bool IsFlow(SchedulerConfig config) => config.ClassName == FlowEuler;

    /// <summary>The scheduler of a name.</summary>
    /// <exception cref="ImagingException">There is none; the message lists those there are.</exception>
    public static SchedulerPolicy Find(string name) => ByName.TryGetValue(name, out SchedulerPolicy? policy)
        ? policy
        : throw new ImagingException(ImagingError.BadRequest, $"unknown scheduler \"{name}\": use one of {string.Join(", ", Names)}");

    /// <summary>The scheduler of a name, for a model.</summary>
    /// <exception cref="ImagingException">There is none, or it is not one for this model; the message says which are.</exception>
    public static SchedulerPolicy Find(string name, SchedulerConfig config)
    {
        SchedulerPolicy policy = Find(name);
        return (policy.Name == FlowName) == IsFlow(config)
            ? policy
            : throw new ImagingException(
                ImagingError.BadRequest,
                IsFlow(config)
                    ? $"scheduler {name}: the model is a rectified flow: use {FlowName}"
                    : $"scheduler {name}: only for models that are rectified flows, which this one is not: use one of {string.Join(", ", Names.Where(other => other != FlowName))}");
    }

    /// <summary>The scheduler that a model's own configuration means; null when it is none of these.</summary>
    public static SchedulerPolicy? MeantBy(SchedulerConfig config) => Array.Find(All, policy => policy.IsMeantBy(config));
}
