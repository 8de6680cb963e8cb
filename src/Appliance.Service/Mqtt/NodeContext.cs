using Appliance.Service.Configuration;
using Appliance.Service.Devices;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Engines;
using Appliance.Service.Storage;

namespace Appliance.Service.Mqtt;

/// <summary>What the node on the broker tells of.</summary>
internal sealed record NodeContext
{
    /// <summary>Its topics.</summary>
    public required Topics Topics { get; init; }

    /// <summary>The settings.</summary>
    public required RuntimeSettings Settings { get; init; }

    /// <summary>The database.</summary>
    public required StateDatabase Database { get; init; }

    /// <summary>Messages on their way.</summary>
    public required OutboxTable Outbox { get; init; }

    /// <summary>What is said of jobs.</summary>
    public required JobLedger Ledger { get; init; }

    /// <summary>The jobs.</summary>
    public required JobScheduler Jobs { get; init; }

    /// <summary>The models.</summary>
    public required ModelPool Models { get; init; }

    /// <summary>The microphone.</summary>
    public required Microphone Microphone { get; init; }

    /// <summary>What is amiss.</summary>
    public required NodeReasons Reasons { get; init; }

    /// <summary>What the node does.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>What is counted.</summary>
    public required NodeMetrics Metrics { get; init; }

    /// <summary>The clock that messages tell.</summary>
    public required EnvelopeFactory Envelopes { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
