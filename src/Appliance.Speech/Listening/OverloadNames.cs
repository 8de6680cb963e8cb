namespace Appliance.Speech.Listening;

/// <summary>Names of the measures against overload, as users read them.</summary>
internal static class OverloadNames
{
    /// <summary>The name of one.</summary>
    public static string Of(OverloadMeasure measure) => measure switch
    {
        OverloadMeasure.None => "none",
        OverloadMeasure.FewerPartials => "fewer_partials",
        OverloadMeasure.NoPartials => "no_partials",
        OverloadMeasure.FallbackModel => "fallback_model",
        _ => "dropping_audio",
    };
}
