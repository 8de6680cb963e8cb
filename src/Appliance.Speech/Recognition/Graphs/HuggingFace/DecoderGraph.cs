using Appliance.Inference.Sessions;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>A decoder session and what it takes.</summary>
/// <param name="Session">The session.</param>
/// <param name="Signature">Its inputs and outputs.</param>
internal sealed record DecoderGraph(GraphSession Session, DecoderSignature Signature);
