using Appliance.Speech.Capture;
using Appliance.Speech.Listening;

namespace Appliance.Service.Cli.Listen;

/// <summary>A call of <c>listen</c>, read and checked.</summary>
internal sealed record ListenRequest : ModelRequest
{
    /// <summary>Name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>What is captured.</summary>
    public required CaptureOptions Capture { get; init; }

    /// <summary>How it is listened to.</summary>
    public required ListenOptions Options { get; init; }

    /// <summary>Name or path of a smaller model, or null.</summary>
    public string? FallbackModel { get; init; }

    /// <summary>Events as JSON instead of texts.</summary>
    public bool WantsJson { get; init; }

    /// <summary>Folder that audio and texts are kept in, or null.</summary>
    public string? SaveFolder { get; init; }
}
