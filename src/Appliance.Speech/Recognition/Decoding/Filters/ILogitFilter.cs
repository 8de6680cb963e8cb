namespace Appliance.Speech.Recognition.Decoding.Filters;

/// <summary>One rule on what may be sampled next. Filters run in a fixed order (design: speech.md §2.3) and allocate nothing.</summary>
internal interface ILogitFilter
{
    /// <summary>Masks tokens, by writing negative infinity or by narrowing the range.</summary>
    /// <param name="logits">Shape [vocabulary], changed in place.</param>
    /// <param name="sampled">The tokens sampled so far in this window.</param>
    /// <param name="range">Ids that are not masked as a block.</param>
    void Apply(Span<float> logits, ReadOnlySpan<int> sampled, ref TokenRange range);
}
