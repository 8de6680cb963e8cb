using Appliance.Speech.Recognition;

namespace Appliance.Service.Configuration;

/// <summary>Section <c>speech</c>.</summary>
internal sealed record SpeechSettings
{
    /// <summary>Name or path of the model.</summary>
    public string Model { get; init; } = "whisper-base";

    /// <summary>Language code, or null to detect it.</summary>
    public string? Language { get; init; }

    /// <summary>Codes among which the language is detected; empty means all.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Beams at temperature 0.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>Encoder frames of a window that is not full.</summary>
    public AudioContext AudioContext { get; init; } = AudioContext.Auto;

    /// <summary>Prompt of the first window.</summary>
    public string? InitialPrompt { get; init; }

    /// <summary>Words to favour.</summary>
    public string? Hotwords { get; init; }

    /// <summary>The streaming policy of live recognition.</summary>
    public string Streaming { get; init; } = "auto";

    /// <summary>Name of a smaller model for when recognition is too slow; null: none.</summary>
    public string? FallbackModel { get; init; }
}
