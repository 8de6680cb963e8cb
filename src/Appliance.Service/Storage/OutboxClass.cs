namespace Appliance.Service.Storage;

/// <summary>What a message in the outbox is; it decides what happens when it is late or there are too many.</summary>
internal enum OutboxClass
{
    /// <summary>A job's outcome: always sent, however late.</summary>
    Result,

    /// <summary>A part of a large result: sent before it, as long as it is.</summary>
    Part,

    /// <summary>An event: dropped when it is older than its own expiry.</summary>
    Event,

    /// <summary>What the microphone heard: goes to the backlog when it is late.</summary>
    Transcript,
}
