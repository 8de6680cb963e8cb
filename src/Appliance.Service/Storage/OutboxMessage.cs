namespace Appliance.Service.Storage;

/// <summary>A message that must reach the broker.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Payload">Its bytes.</param>
internal sealed record OutboxMessage(OutboxClass Class, string Topic, byte[] Payload)
{
    /// <summary>Number in the outbox, ascending; 0 before it is stored.</summary>
    public long Number { get; init; }

    /// <summary>Whether the broker keeps it.</summary>
    public bool Retain { get; init; }

    /// <summary>How long it is of use.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Type of the payload.</summary>
    public string? ContentType { get; init; } = "application/json";

    /// <summary>What the requester wants to see again.</summary>
    public byte[]? Correlation { get; init; }

    /// <summary>The job that it belongs to.</summary>
    public string? Job { get; init; }

    /// <summary>Its number among that job's envelopes, or the transcript's own.</summary>
    public long? Sequence { get; init; }

    /// <summary>When it was made, in milliseconds since 1970.</summary>
    public long Created { get; init; }
}
