using System.Numerics.Tensors;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Capture;

/// <summary>One sentence in many containers: whatever way it comes in, it is the same sentence.</summary>
public class CodecTests
{
    private static readonly Lazy<float[]> Clean = new(() => Read("ljspeech-LJ001-0019.flac"));

    public static TheoryData<string> Clips =>
        SharedFolder.Path is null ? ["absent"] : [.. Directory.GetFiles(SharedFolder.Require("corpus", "audio"), "codec-*").Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Clips))]
    public void Read_CodecClip_IsTheReferenceSentence(string clip)
    {
        float[] clean = Clean.Value;

        float[] samples = Read(clip);

        Assert.InRange(samples.Length, clean.Length - 2400, clean.Length + 2400);
        Assert.InRange(BestCorrelation(clean, samples), 0.9, 1.0001);
    }

    private static float[] Read(string clip)
    {
        AudioInput input = new(SharedFolder.Require("corpus", "audio", clip), new AudioFileOptions());
        try
        {
            return Decoded.Read(input).Samples;
        }
        catch (AudioInputException refused) when (input.Ffmpeg is null && refused.Message.Contains(FfmpegProgram.InstallCommand, StringComparison.Ordinal))
        {
            Assert.Skip("ffmpeg is not installed, and " + clip + " needs it");
            throw;
        }
    }

    /// <summary>Encoders delay by up to 0.1 s, and levels may differ.</summary>
    private static double BestCorrelation(float[] expected, float[] actual)
    {
        const int maxLag = 1600;
        int length = Math.Min(expected.Length, actual.Length) - (2 * maxLag);
        ReadOnlySpan<float> middle = Centred(expected).AsSpan(maxLag, length);
        float[] centred = Centred(actual);
        double best = 0;
        for (int lag = -maxLag; lag <= maxLag; lag++)
        {
            best = Math.Max(best, TensorPrimitives.CosineSimilarity(middle, centred.AsSpan(maxLag + lag, length)));
        }

        return best;
    }

    private static float[] Centred(float[] samples)
    {
        float mean = samples.Average();
        return [.. samples.Select(sample => sample - mean)];
    }
}
