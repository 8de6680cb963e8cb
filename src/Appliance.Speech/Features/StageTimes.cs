namespace Appliance.Speech.Features;

/// <summary>Time spent on a recording before recognition, by stage.</summary>
internal sealed class StageTimes
{
    /// <summary>Reading, decoding and resampling audio.</summary>
    public TimeSpan Decode { get; set; }

    /// <summary>Log-mel.</summary>
    public TimeSpan LogMel { get; set; }

    /// <summary>Speech probabilities.</summary>
    public TimeSpan Vad { get; set; }
}
