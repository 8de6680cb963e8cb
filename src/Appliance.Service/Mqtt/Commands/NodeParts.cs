using Appliance.Service.Configuration;
using Appliance.Service.Devices;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Engines;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>What commands act upon.</summary>
internal sealed record NodeParts
{
    /// <summary>The jobs.</summary>
    public required JobScheduler Jobs { get; init; }

    /// <summary>The models.</summary>
    public required ModelPool Models { get; init; }

    /// <summary>The settings.</summary>
    public required RuntimeSettings Settings { get; init; }

    /// <summary>The microphone.</summary>
    public required Microphone Microphone { get; init; }

    /// <summary>Ends the program so that it is started again; false when that was done a moment ago.</summary>
    public required Func<bool> Restart { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
