using Appliance.Speech.Features;

namespace Appliance.Testing.Scripted;

/// <summary>A recording of silence.</summary>
/// <param name="contentFrames">Mel frames.</param>
internal sealed class FlatMel(long contentFrames) : IMelSource
{
    public int MelCount => 80;

    public long ContentFrames => contentFrames;

    public float SilenceLevel => -1.5f;

    public void CopyWindow(long seek, int contentFrames, int frames, MelPadding padding, Span<float> window) => window.Fill(SilenceLevel);
}
