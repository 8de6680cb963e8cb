using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>A call of <c>transcribe</c>, read and checked.</summary>
internal sealed record TranscribeRequest : ModelRequest
{
    /// <summary>Inputs as the caller named them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Where transcripts go.</summary>
    public required OutputPlan Plan { get; init; }

    /// <summary>How recordings are transcribed.</summary>
    public required TranscriptionOptions Options { get; init; }

    /// <summary>Channel counted from 0, or null for the mean.</summary>
    public int? Channel { get; init; }

    /// <summary>Whether word times are wanted for the sake of the format where the model can give them.</summary>
    public bool WordsIfPossible { get; init; }

    /// <summary>What the caller should know of the call itself.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
