namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Names of the reasons, as events and transcripts carry them.</summary>
internal static class DropReasons
{
    /// <summary>The name of one.</summary>
    public static string NameOf(DropReason reason) => reason switch
    {
        DropReason.NoVoice => "no_voice",
        DropReason.NoSpeech => "no_speech",
        DropReason.LowProbability => "low_probability",
        DropReason.Repetition => "repetition",
        DropReason.WordAnomaly => "word_anomaly",
        DropReason.KnownPhrase => "known_phrase",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "a reason without a name"),
    };
}
