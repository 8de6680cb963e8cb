namespace Appliance.Speech.Recognition.Decoding.Filters;

/// <summary>The token ids that may still be sampled: those outside count as masked, so that whole blocks need no writing.</summary>
/// <param name="Begin">First id.</param>
/// <param name="End">Id after the last.</param>
internal record struct TokenRange(int Begin, int End)
{
    /// <summary>Masks the ids below <paramref name="id"/>.</summary>
    public void MaskBelow(int id) => Begin = Math.Max(Begin, id);

    /// <summary>Masks the ids from <paramref name="id"/> on.</summary>
    public void MaskFrom(int id) => End = Math.Max(Begin, Math.Min(End, id));
}
