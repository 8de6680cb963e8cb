namespace Appliance.Speech.Recognition.Decoding.Filters;

/// <summary>Tokens that are never sampled: the non-speech set and the special tokens.</summary>
internal sealed class SuppressFilter(IReadOnlyList<int> tokens) : ILogitFilter
{
    private readonly int[] _tokens = [.. tokens];

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled, ref TokenRange range)
    {
        foreach (int token in _tokens)
        {
            logits[token] = float.NegativeInfinity;
        }
    }
}
