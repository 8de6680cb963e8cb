namespace Appliance.Speech.Recognition;

/// <summary>Why a transcription was refused.</summary>
public enum TranscriptionError
{
    /// <summary>The model does not know the language.</summary>
    UnknownLanguage,

    /// <summary>The model has no cross-attentions to take word times from.</summary>
    NoWordTimestamps,

    /// <summary>The model can't translate.</summary>
    NoTranslation,

    /// <summary>An option needs the voice activity detector, and there is none.</summary>
    NoVoiceActivity,

    /// <summary>An option's value is out of range.</summary>
    BadOption,
}
