namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Decides what text may be committed, published or used as prompt. Thread-safe.</summary>
internal sealed class HallucinationFirewall
{
    private readonly long[] _judged = new long[Enum.GetValues<DropReason>().Length];

    /// <summary>How often a reason has been given.</summary>
    public long Count(DropReason reason) => Interlocked.Read(ref _judged[(int)reason]);

    /// <summary>Judges a piece of text.</summary>
    /// <returns>Null when it may pass, else why not.</returns>
    public DropReason? Judge(FirewallCandidate candidate)
    {
        if (!string.IsNullOrWhiteSpace(candidate.Text))
        {
            return null;
        }

        Interlocked.Increment(ref _judged[(int)DropReason.NoSpeech]);
        return DropReason.NoSpeech;
    }
}
