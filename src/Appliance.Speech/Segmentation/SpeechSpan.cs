namespace Appliance.Speech.Segmentation;

/// <summary>A stretch of a recording in which somebody speaks.</summary>
/// <param name="Start">Seconds from the start of the recording.</param>
/// <param name="End">Seconds, after <paramref name="Start"/>.</param>
public readonly record struct SpeechSpan(double Start, double End)
{
    /// <summary>Seconds.</summary>
    public double Duration => End - Start;
}
