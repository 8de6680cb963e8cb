using System.Text.Json;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Conversion;

/// <summary>Packs made from the small safetensors folder against the logits of the Hugging Face export of the same weights.</summary>
public sealed class SafetensorsConversionTests
{
    private const int Capacity = 128;

    private static string Source => SharedFolder.Require("golden", "speech", "tiny-random", "safetensors-fp32");

    [Theory]
    [InlineData("fused")]
    [InlineData("standard")]
    public void Float32Pack_TinyModel_GivesTheExportsLogits(string attention)
    {
        using ConvertedPack pack = ConvertedPack.From(Source, "float32", attention);

        AssertGolden(pack, 1e-5);
    }

    [Fact]
    public void Float32Pack_WeightsInDataFiles_GivesTheExportsLogits()
    {
        using ConvertedPack pack = ConvertedPack.From(Source, "float32", "fused", "--external-data");

        Assert.True(File.Exists(Path.Combine(pack.Folder, "decoder.onnx.data")));
        AssertGolden(pack, 1e-5);
    }

    [Fact]
    public void Float16StandardPack_TinyModel_RunsOnTheCpuNearTheExportsLogits()
    {
        using ConvertedPack pack = ConvertedPack.From(Source, "float16", "standard");

        // half precision: logits up to 10 come in steps of 0.008; 0.0067 was seen
        AssertGolden(pack, 0.04);
    }

    [Fact]
    public void ReconvertedPack_Float32FromFloat32_GivesTheExportsLogits()
    {
        using ConvertedPack first = ConvertedPack.From(Source, "float32", "fused");
        using ConvertedPack second = ConvertedPack.From(first.Folder, "float32", "standard");

        AssertGolden(second, 1e-5);
    }

    private static void AssertGolden(ConvertedPack pack, double tolerance)
    {
        using JsonDocument golden = JsonDocument.Parse(
            File.ReadAllBytes(SharedFolder.Require("golden", "speech", "tiny-random", "merged-fp32", "golden.json")));
        using PackRunner runner = new(pack.Folder, Capacity);
        runner.Encode(Features(), mels: 80);
        double worst = 0;
        foreach (JsonElement step in golden.RootElement.GetProperty("steps").EnumerateArray())
        {
            float[] logits = runner.Decode([.. step.GetProperty("input_ids")[0].EnumerateArray().Select(id => id.GetInt64())]);
            JsonElement row = step.GetProperty("logits").GetProperty("rows")[0];
            int vocabulary = step.GetProperty("logits").GetProperty("shape")[2].GetInt32();
            float[][] byPosition = [.. logits.Chunk(vocabulary)];
            float[] last = byPosition[^1];
            double[] first = [.. row.GetProperty("last_first32").EnumerateArray().Select(v => v.GetDouble())];
            worst = Math.Max(worst, first.Zip(last, (expected, actual) => Math.Abs(expected - actual)).Max());
            worst = Math.Max(worst, Math.Abs(row.GetProperty("last_max").GetDouble() - last.Max()));
            // a sum of 336 errors of either sign grows with their root
            double[] sums = [.. row.GetProperty("sum_per_position").EnumerateArray().Select(v => v.GetDouble())];
            worst = Math.Max(worst, sums.Zip(byPosition, (expected, actual) => Math.Abs(expected - actual.Sum(v => (double)v))).Max() / Math.Sqrt(vocabulary));
            Assert.Equal(
                row.GetProperty("argmax_per_position").EnumerateArray().Select(v => v.GetInt32()),
                byPosition.Select(values => Array.IndexOf(values, values.Max())));
        }

        TestContext.Current.SendDiagnosticMessage("largest difference of a logit: {0:g3}", worst);
        Assert.InRange(worst, 0, tolerance);
    }

    // the golden's formula: x[m,t] = (float)(0.5*sin(0.013*(m+1)*(t+1))), sine in double
    private static float[] Features() =>
        [.. from m in Enumerable.Range(0, 80) from t in Enumerable.Range(0, 3000) select (float)(0.5 * Math.Sin(0.013 * (m + 1) * (t + 1)))];
}
