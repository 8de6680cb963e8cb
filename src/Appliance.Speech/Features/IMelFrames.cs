namespace Appliance.Speech.Features;

/// <summary>Mel frames by number, not normalised.</summary>
internal interface IMelFrames
{
    /// <summary>Frames that lie side by side, at least one: as many of those asked for as do.</summary>
    /// <param name="first">First frame.</param>
    /// <param name="end">The frame after the last, above <paramref name="first"/>.</param>
    /// <returns>Shape [n_frames, n_mels], float32, row-major, log10 power; valid until the next call.</returns>
    ReadOnlySpan<float> Run(long first, long end);
}
