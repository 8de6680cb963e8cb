namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Sizes of one Whisper model, read from its sessions and its config.json.</summary>
internal sealed record WhisperDimensions
{
    /// <summary>Mel bins a frame.</summary>
    public required int MelCount { get; init; }

    /// <summary>Encoder positions of a full window (1500).</summary>
    public required int AudioContext { get; init; }

    /// <summary>Most tokens that the decoder holds (448).</summary>
    public required int TextContext { get; init; }

    /// <summary>Vocabulary, timestamps included.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int DecoderLayers { get; init; }

    /// <summary>Attention heads of a decoder layer, 64 values each.</summary>
    public required int DecoderHeads { get; init; }
}
