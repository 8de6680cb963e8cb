namespace Appliance.Speech.Recognition.Streaming;

/// <summary>How live segments are recognised.</summary>
public sealed record LiveRecognitionOptions
{
    /// <summary>Language code; null detects it.</summary>
    public string? Language { get; init; }

    /// <summary>Codes among which the language is detected; empty means all that the model knows.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Transcribe or translate to English.</summary>
    public SpeechTask Task { get; init; }

    /// <summary>Beams of the final decoding at temperature 0; partials are greedy.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>Text given as prompt to every segment that does not continue another.</summary>
    public string? InitialPrompt { get; init; }

    /// <summary>Words to favour in every segment.</summary>
    public string? Hotwords { get; init; }

    /// <summary><c>auto</c>, <c>align-att</c> or <c>local-agreement</c>.</summary>
    public string Streaming { get; init; } = "auto";
}
