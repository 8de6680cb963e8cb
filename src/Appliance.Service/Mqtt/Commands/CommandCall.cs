using System.Text.Json.Nodes;
using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>A command that was read.</summary>
internal sealed record CommandCall
{
    /// <summary>The verb.</summary>
    public required string Verb { get; init; }

    /// <summary>The caller's id, or one that was assigned.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the caller chose the id.</summary>
    public bool HasOwnId { get; init; }

    /// <summary>Where it came from.</summary>
    public JobSurface Surface { get; init; } = JobSurface.Mqtt;

    /// <summary>Whether the broker may have given it before: then it is no new try.</summary>
    public bool IsRedelivery { get; init; }

    /// <summary>Where the caller wants to hear of it; null for nowhere beyond the node's own topics.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What the caller wants to see again.</summary>
    public byte[]? Correlation { get; init; }

    /// <summary>How urgent it is.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Duration from its receipt within which it must be done.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Number of the try, for shared work.</summary>
    public int Attempt { get; init; }

    /// <summary>Everything else.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>Audio that came with it.</summary>
    public byte[]? Audio { get; init; }

    /// <summary>Audio that will come in a stream.</summary>
    public StreamFormat? Stream { get; init; }

    /// <summary>Hash of what makes two requests of one id the same.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The ticket of the job.</summary>
    public JobTicket ToTicket(JsonObject? request) => new()
    {
        Id = Id,
        Verb = Verb,
        Surface = Surface,
        IsRedelivery = IsRedelivery,
        Priority = Priority,
        Body = Body,
        Request = request,
        ReplyTo = ReplyTo,
        Correlation = Correlation,
        Attempt = Attempt,
    };
}
