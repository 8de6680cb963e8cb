namespace Appliance.Inference;

/// <summary>Inference can't be set up. The message is "what is wrong: what to do".</summary>
public sealed class InferenceException(InferenceError code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of fault, for exit codes and error replies.</summary>
    public InferenceError Code { get; } = code;
}
