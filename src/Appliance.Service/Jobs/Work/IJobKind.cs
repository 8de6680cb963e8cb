using System.Text.Json.Nodes;
using Appliance.Service.Configuration;

namespace Appliance.Service.Jobs.Work;

/// <summary>A kind of job: reads requests of it.</summary>
internal interface IJobKind
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>Whether it needs audio.</summary>
    bool TakesAudio { get; }

    /// <summary>
    /// Checks a request and puts in place what it leaves open, so that the same parameters always mean the same work: after a restart too.
    /// </summary>
    /// <param name="parameters">What the caller said; completed.</param>
    /// <param name="settings">What else holds.</param>
    /// <exception cref="JobException">Something is wrong with it.</exception>
    void Complete(JsonObject parameters, ApplianceSettings settings);

    /// <summary>The work of completed parameters.</summary>
    /// <param name="parameters">Completed parameters.</param>
    /// <param name="audio">The audio, where the kind takes any; owned by the work from here on.</param>
    /// <param name="settings">The settings in force.</param>
    IJobWork Create(JsonObject parameters, JobAudio? audio, ApplianceSettings settings);
}
