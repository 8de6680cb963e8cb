using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt.Fleet;

/// <summary>Who works on a piece of shared work: a lease that must be renewed (control-plane.md §2.6).</summary>
/// <param name="Node">The worker.</param>
/// <param name="Attempt">Number of the try.</param>
internal sealed record FleetClaim(string Node, int Attempt)
{
    /// <summary>How long a claim holds.</summary>
    public static TimeSpan Expiry { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it is renewed.</summary>
    public static TimeSpan Renewal { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether a worker with this claim gives way to another one: to a later try, and among equals to the lower name.</summary>
    public bool YieldsTo(FleetClaim other) =>
        other.Node != Node && (other.Attempt > Attempt || (other.Attempt == Attempt && string.CompareOrdinal(other.Node, Node) < 0));

    /// <summary>Reads a claim; null for an empty one, or one that is none.</summary>
    public static FleetClaim? Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return !payload.IsEmpty && JsonNode.Parse(payload.Span) is JsonObject document
                && document["node"]?.GetValue<string>() is { } node && document["attempt"]?.GetValue<int>() is { } attempt ? new FleetClaim(node, attempt) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The claim's payload.</summary>
    public byte[] ToBytes() => EnvelopeFactory.Bytes(new JsonObject { ["node"] = Node, ["attempt"] = Attempt });
}
