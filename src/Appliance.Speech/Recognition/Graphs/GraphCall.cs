namespace Appliance.Speech.Recognition.Graphs;

/// <summary>The shape of one call into ONNX Runtime.</summary>
/// <param name="Kind">Which graph.</param>
/// <param name="Windows">Windows of audio; the encoder takes them one a call.</param>
/// <param name="Rows">Rows of tokens; 0 for the encoder.</param>
/// <param name="Length">New tokens a row; mel frames for the encoder.</param>
/// <param name="LogitRows">Rows that got logits.</param>
/// <param name="Position">Tokens in the cache after the call.</param>
internal readonly record struct GraphCall(GraphCallKind Kind, int Windows, int Rows, int Length, int LogitRows, int Position);
