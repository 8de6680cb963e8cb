namespace Appliance.Speech.Recognition.Decoding.Filters;

/// <summary>A window begins neither with a blank nor with the end of text.</summary>
internal sealed class BlankFilter(IReadOnlyList<int> tokens) : ILogitFilter
{
    private readonly int[] _tokens = [.. tokens];

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled, ref TokenRange range)
    {
        if (sampled.Length > 0)
        {
            return;
        }

        foreach (int token in _tokens)
        {
            logits[token] = float.NegativeInfinity;
        }
    }
}
