namespace Appliance.Speech.Recognition;

/// <summary>A transcription was asked for that this model can't give. The message is "what is wrong: what to do".</summary>
public sealed class TranscriptionException : Exception
{
    /// <summary>A refusal.</summary>
    public TranscriptionException(TranscriptionError code, string message)
        : base(message) => Code = code;

    /// <summary>Why.</summary>
    public TranscriptionError Code { get; }
}
