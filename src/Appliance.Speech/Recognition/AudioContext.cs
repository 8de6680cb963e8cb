using System.Globalization;

namespace Appliance.Speech.Recognition;

/// <summary>How many mel frames the encoder is given for a window that is not full (design: speech.md, audio context).</summary>
public readonly record struct AudioContext
{
    private AudioContext(double? seconds, bool isAuto)
    {
        Seconds = seconds;
        IsAuto = isAuto;
    }

    /// <summary>By the window's content, filled up with the level of silence; a doubtful result is decoded again in full.</summary>
    public static AudioContext Auto { get; } = new(null, isAuto: true);

    /// <summary>Always 30 s, filled up with 0.0: the reference algorithm.</summary>
    public static AudioContext Full { get; } = new(null, isAuto: false);

    /// <summary>A fixed length in seconds, or null.</summary>
    public double? Seconds { get; }

    /// <summary>True for <see cref="Auto"/>.</summary>
    public bool IsAuto { get; }

    /// <summary>Reads `auto`, `full` or a number of seconds above 0 and up to 30.</summary>
    public static bool TryParse(string text, out AudioContext value)
    {
        value = Auto;
        if (text is "auto" or "full")
        {
            value = text == "auto" ? Auto : Full;
            return true;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 30)
        {
            value = new AudioContext(seconds, isAuto: false);
            return true;
        }

        return false;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => IsAuto ? "auto" : Seconds is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) : "full";
}
