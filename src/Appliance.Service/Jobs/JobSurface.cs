namespace Appliance.Service.Jobs;

/// <summary>Where a job came from.</summary>
internal enum JobSurface
{
    /// <summary>A command over MQTT.</summary>
    Mqtt,

    /// <summary>Shared work of a fleet.</summary>
    Fleet,
}
