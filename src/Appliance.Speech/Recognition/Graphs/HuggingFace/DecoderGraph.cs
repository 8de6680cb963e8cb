using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>A decoder session and what it takes.</summary>
/// <param name="Session">The session; owned by <see cref="HuggingFaceSessions"/>.</param>
/// <param name="Signature">Its inputs and outputs.</param>
internal sealed record DecoderGraph(InferenceSession Session, DecoderSignature Signature)
{
    /// <summary>
    /// True when inputs are read from the processor's memory. Elsewhere ONNX Runtime copies an input to the device when it is
    /// bound, so that a binding cannot be used again after its input was overwritten.
    /// </summary>
    public bool ReadsProcessorMemory { get; } = OnProcessor(Session);

    private static bool OnProcessor(InferenceSession session)
    {
        using IDisposableReadOnlyCollection<OrtMemoryInfo> places = session.GetMemoryInfosForInputs();
        return places.All(place => place.GetDeviceType() == OrtMemoryInfoDeviceType.CPU);
    }
}
