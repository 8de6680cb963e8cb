using Appliance.Service.Configuration;

namespace Appliance.Service.Cli;

/// <summary>What a call that runs a model says of it.</summary>
internal abstract record ModelRequest
{
    /// <summary>Name or path of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Where models are looked for.</summary>
    public required IReadOnlyList<string> ModelRoots { get; init; }

    /// <summary>How graphs run.</summary>
    public required InferenceSettings Inference { get; init; }

    /// <summary>Whether each execution provider passed over is told.</summary>
    public bool TellProviders { get; init; }
}
