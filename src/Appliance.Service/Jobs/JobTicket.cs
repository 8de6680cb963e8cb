using System.Text.Json.Nodes;

namespace Appliance.Service.Jobs;

/// <summary>What is known of a request beyond this run of the program, and the count of its envelopes.</summary>
internal sealed class JobTicket
{
    /// <summary>Id: the caller's, or one that was assigned.</summary>
    public required string Id { get; init; }

    /// <summary>The verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Where it came from.</summary>
    public required JobSurface Surface { get; init; }

    /// <summary>Whether it may have come before: what a crash cut off between storing and acknowledging comes twice, and is one request.</summary>
    public bool IsRedelivery { get; init; }

    /// <summary>How urgent it is.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Hash of what makes two requests of one id the same.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Parameters that the work can be begun anew with; null when it can't.</summary>
    public JsonObject? Request { get; init; }

    /// <summary>Topic of the requester, or null.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What the requester wants to see again.</summary>
    public byte[]? Correlation { get; init; }

    /// <summary>Number of the try, for shared work; a requester who hears nothing raises it.</summary>
    public int Attempt { get; set; }

    /// <summary>Number of the last envelope.</summary>
    public long Sequence { get; set; }

    /// <summary>Highest number that is set aside on the disk: after a crash numbers go on above it, so that none is used twice.</summary>
    public long Reserved { get; set; }
}
