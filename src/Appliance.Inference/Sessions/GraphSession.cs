using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>A session, and where it reads its inputs.</summary>
/// <param name="session">The session; not disposed of here.</param>
internal sealed class GraphSession(InferenceSession session)
{
    /// <summary>The session.</summary>
    public InferenceSession Session => session;

    /// <summary>
    /// True when inputs are read from the processor's memory. Elsewhere ONNX Runtime copies an input to the device when it is
    /// bound, so that a binding cannot be used again after its input was overwritten.
    /// </summary>
    public bool ReadsProcessorMemory { get; } = OnProcessor(session);

    private static bool OnProcessor(InferenceSession session)
    {
        using IDisposableReadOnlyCollection<OrtMemoryInfo> places = session.GetMemoryInfosForInputs();
        return places.All(place => place.GetDeviceType() == OrtMemoryInfoDeviceType.CPU);
    }
}
