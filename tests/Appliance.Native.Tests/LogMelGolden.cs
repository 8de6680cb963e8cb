namespace Appliance.Native.Tests;

/// <summary>Values of shared/design/speech.md §2.1: the clip jfk-11s and 30 s of silence, 4100 normalised frames, reference in float64.</summary>
public sealed record LogMelGolden(
    int MelCount, float Minimum, float Maximum, float Mean, float MeanOf3000, float MeanOf1100, float At0X100, float At10X100, float At40X500)
{
    public const int Frames = 4100;

    public static readonly LogMelGolden Mels80 =
        new(80, -0.538752f, 1.461248f, -0.360421f, -0.295033f, 0.125144f, 0.035006f, 0.428410f, -0.044019f);

    public static readonly LogMelGolden Mels128 =
        new(128, -0.506318f, 1.493682f, -0.341580f, -0.281176f, 0.106978f, -0.040753f, 0.888757f, -0.046352f);
}
