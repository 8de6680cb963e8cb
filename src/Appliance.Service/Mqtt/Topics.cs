namespace Appliance.Service.Mqtt;

/// <summary>The topics of a node (control-plane.md §2.1).</summary>
/// <param name="Base">First levels of all topics.</param>
/// <param name="NodeName">The node.</param>
internal sealed record Topics(string Base, string NodeName)
{
    /// <summary>Everything of this node is below it.</summary>
    public string Node => $"{Base}/{NodeName}";

    /// <summary>online or offline.</summary>
    public string Availability => $"{Node}/availability";

    /// <summary>What the node is and can do.</summary>
    public string Info => $"{Node}/info";

    /// <summary>What it does now.</summary>
    public string State => $"{Node}/state";

    /// <summary>Settings that can be changed.</summary>
    public string Config => $"{Node}/config";

    /// <summary>Numbers.</summary>
    public string Metrics => $"{Node}/metrics";

    /// <summary>Filter of all commands.</summary>
    public string Commands => $"{Node}/cmd/+";

    /// <summary>Filter of all audio.</summary>
    public string AudioStreams => $"{Node}/audio/in/+";

    /// <summary>Final texts of the microphone.</summary>
    public string Transcript => $"{Node}/transcript";

    /// <summary>Final texts that are late.</summary>
    public string TranscriptBacklog => $"{Node}/transcript/backlog";

    /// <summary>Texts that may still change.</summary>
    public string TranscriptPartial => $"{Node}/transcript/partial";

    /// <summary>The last picture.</summary>
    public string Image => $"{Node}/image/latest";

    /// <summary>What it is of.</summary>
    public string ImageMeta => $"{Node}/image/latest/meta";

    /// <summary>Events of the node itself.</summary>
    public string SystemEvent => $"{Node}/event/system";

    /// <summary>Where shared work comes.</summary>
    public string FleetWork(string kind) => $"{Base}/fleet/{kind}";

    /// <summary>Who works on a piece of shared work.</summary>
    public string FleetClaim(string id) => $"{Base}/fleet/claim/{id}";

    /// <summary>Where the requesters of shared work hear of it.</summary>
    public string FleetReplies => $"{Base}/fleet/reply/";

    /// <summary>Where a command goes.</summary>
    public string Command(string verb) => $"{Node}/cmd/{verb}";

    /// <summary>Where the chunks of a stream go.</summary>
    public string AudioStream(string stream) => $"{Node}/audio/in/{stream}";

    /// <summary>What is said of a job.</summary>
    public string JobEvent(string id) => $"{Node}/job/{id}/event";

    /// <summary>How a job ended.</summary>
    public string JobResult(string id) => $"{Node}/job/{id}/result";

    /// <summary>A part of a job's result.</summary>
    public string JobPart(string id, int number) => $"{Node}/job/{id}/part/{number}";

    /// <summary>The last level of a topic that matches a filter ending in +.</summary>
    public static string LastLevel(string topic) => topic[(topic.LastIndexOf('/') + 1)..];
}
