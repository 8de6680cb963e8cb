namespace Appliance.Speech.Listening;

/// <summary>What is done when recognition is slower than real time, from the mildest to the last resort.</summary>
internal enum OverloadMeasure
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Partials come at longer intervals.</summary>
    FewerPartials,

    /// <summary>There are finals only.</summary>
    NoPartials,

    /// <summary>Finals come from a smaller model.</summary>
    FallbackModel,

    /// <summary>The oldest audio that waits was given up.</summary>
    DroppingAudio,
}
