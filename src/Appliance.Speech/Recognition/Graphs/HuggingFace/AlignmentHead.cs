namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>A cross-attention head whose attention follows the audio word by word.</summary>
/// <param name="Layer">Decoder layer, from 0.</param>
/// <param name="Head">Head of that layer, from 0.</param>
internal readonly record struct AlignmentHead(int Layer, int Head);
