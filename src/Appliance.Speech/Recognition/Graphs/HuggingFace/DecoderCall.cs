namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>The shapes of one decoder call.</summary>
/// <param name="Kind">What the call is for; says which outputs are wanted.</param>
/// <param name="Rows">Rows of tokens.</param>
/// <param name="Length">New tokens a row.</param>
/// <param name="Past">Tokens in the cache before the call.</param>
/// <param name="CrossRows">Rows of cross keys and values: 1 where all rows share them.</param>
/// <param name="Cached">Reads cross keys and values instead of the encoder's states.</param>
internal readonly record struct DecoderCall(GraphCallKind Kind, int Rows, int Length, int Past, int CrossRows, bool Cached);
