using Appliance.Speech.Recognition.Decoding;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>
/// The text is one thing over and over: the loop guard ended it, would end it now, or it compresses like one (threshold of
/// openai/whisper; a stricter one where the model is in doubt, since three sentences said thrice stay below the other).
/// </summary>
internal sealed class RepetitionRule : IFirewallRule
{
    private const double MostCompression = 2.4;
    private const double MostCompressionInDoubt = 1.7;
    private const double SureLogProbability = -0.5;

    /// <inheritdoc/>
    public DropReason Reason => DropReason.Repetition;

    /// <inheritdoc/>
    public bool Holds(FirewallCandidate candidate) =>
        candidate.Repeats
        || candidate.CompressionRatio > (candidate.AverageLogProbability < SureLogProbability ? MostCompressionInDoubt : MostCompression)
        || LoopGuard.Period(candidate.Tokens.Span) > 0;
}
