namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Why text was not let through; the names are those of interfaces.md §4 in snake case.</summary>
public enum DropReason
{
    /// <summary>Voice activity detection heard nobody.</summary>
    NoVoice,

    /// <summary>The model itself says that nobody speaks.</summary>
    NoSpeech,

    /// <summary>The model does not believe its own text.</summary>
    LowProbability,

    /// <summary>The text repeats itself.</summary>
    Repetition,

    /// <summary>Words are impossibly short, long or improbable.</summary>
    WordAnomaly,

    /// <summary>A phrase that the model is known to invent.</summary>
    KnownPhrase,
}
