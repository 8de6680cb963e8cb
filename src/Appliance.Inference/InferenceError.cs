namespace Appliance.Inference;

/// <summary>Why inference can't be set up on this machine, whatever the model.</summary>
public enum InferenceError
{
    /// <summary>There is no libonnxruntime.so where it should be, or it can't be loaded.</summary>
    RuntimeMissing,

    /// <summary>The ONNX Runtime found is older than the one this program was built for.</summary>
    RuntimeTooOld,

    /// <summary>Another ONNX Runtime was loaded in this process before; it can't be exchanged.</summary>
    RuntimeAlreadyLoaded,

    /// <summary>An execution provider of that name does not exist; the message lists those that do.</summary>
    UnknownProvider,

    /// <summary>None of the execution providers asked for can be used.</summary>
    NoProvider,
}
