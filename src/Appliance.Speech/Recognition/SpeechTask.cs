namespace Appliance.Speech.Recognition;

/// <summary>What the text is.</summary>
public enum SpeechTask
{
    /// <summary>The words that were spoken, in their language.</summary>
    Transcribe,

    /// <summary>An English translation.</summary>
    Translate,
}
