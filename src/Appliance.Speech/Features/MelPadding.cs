namespace Appliance.Speech.Features;

/// <summary>What stands after the content of a window.</summary>
public enum MelPadding
{
    /// <summary>0.0, the reference algorithm's filler for the end of a file.</summary>
    Zero,

    /// <summary>What the recording followed by digital silence gives.</summary>
    Silence,

    /// <summary>The level of digital silence, straight after the content.</summary>
    SilenceLevel,
}
