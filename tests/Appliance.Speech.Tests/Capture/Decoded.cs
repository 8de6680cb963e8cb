using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Capture;

/// <summary>A whole file in memory.</summary>
internal sealed record Decoded(float[] Samples, IReadOnlyList<string> Warnings)
{
    public static Decoded Read(AudioInput input)
    {
        using AudioDecoder decoder = input.Open();
        List<float> samples = [];
        float[] block = new float[4096];
        for (int count = decoder.Read(block); count > 0; count = decoder.Read(block))
        {
            samples.AddRange(block.AsSpan(0, count));
        }

        return new Decoded([.. samples], decoder.Warnings);
    }
}
