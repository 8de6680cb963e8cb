using System.Text.Json.Nodes;
using Appliance.Imaging;

namespace Appliance.Service.Jobs.Work;

/// <summary>What a job gives.</summary>
/// <param name="Data">The data of its result.</param>
internal sealed record JobProduct(JsonObject Data)
{
    /// <summary>The picture that was drawn.</summary>
    public RgbImage? Picture { get; init; }

    /// <summary>The picture's file in full quality.</summary>
    public byte[]? File { get; init; }

    /// <summary>Whether the requester wants the file over MQTT.</summary>
    public bool DeliversFile { get; init; }
}
