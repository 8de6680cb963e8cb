namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Kinds of calls into ONNX Runtime.</summary>
internal enum GraphCallKind
{
    /// <summary>Encoder.</summary>
    Encode,

    /// <summary>Decoder, a prompt from an empty cache.</summary>
    Prompt,

    /// <summary>Decoder, one token a row.</summary>
    Step,

    /// <summary>Decoder, a whole text for word alignment.</summary>
    Align,
}
