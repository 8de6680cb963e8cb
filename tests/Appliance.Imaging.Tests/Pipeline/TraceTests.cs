using Appliance.Imaging.Models;
using Appliance.Imaging.Tests.Golden;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>Every traced call of shared/golden/imaging, step by step, within the tolerances of its README.</summary>
public sealed class TraceTests
{
    private static readonly SessionFactory Sessions = new(new() { Providers = ["cpu"], Threads = 2 });

    public static TheoryData<string> Traces => [.. GoldenTrace.Names()];

    [Theory]
    [MemberData(nameof(Traces))]
    public void Draw_TracedCall_AgreesAtEveryStep(string name)
    {
        GoldenTrace trace = new(name);
        using DiffusionModel model = Load(trace);
        ImagePipeline pipeline = new(model);
        int[] shape = trace.Shape("image");
        int imageBytes = shape[1] * shape[2] * shape[3];
        byte[] expected = trace.Bytes("image");
        for (int i = 0; i < trace.Batch; i++)
        {
            TraceWatcher watcher = new(trace, i);
            DrawnImage drawn = pipeline.DrawWatched(trace.For(i), watcher, TestContext.Current.CancellationToken);
            Assert.Equal(trace.Floats("timesteps").Length, watcher.Steps);
            double allowed = trace.IsHalf ? 5e-2 : 1e-4;
            Assert.True(watcher.Worst <= allowed, $"image {i}: latents off by {watcher.Worst:g3} standard deviations, allowed {allowed:g3}");
            CompareImage(expected.AsSpan(i * imageBytes, imageBytes), drawn.Image.Pixels, trace.IsHalf);
        }
    }

    [Fact]
    public void Names_AllTraces_AreThere() => Assert.Equal(68, SharedFolder.Path is null ? 68 : GoldenTrace.Names().Count);

    private static DiffusionModel Load(GoldenTrace trace)
    {
        string folder = GoldenFolder.Require("packs", trace.Pack);
        ModelManifest manifest = new() { Name = trace.Pack, Kind = ModelKinds.Diffusion, Licence = "unknown", Origin = "golden", Files = [] };
        return DiffusionModel.Load(new(folder, manifest), Sessions, trace.SchedulerConfig);
    }

    private static void CompareImage(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, bool isHalf)
    {
        Assert.Equal(expected.Length, actual.Length);
        int off = 0;
        int worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - actual[i]);
            off += difference > 0 ? 1 : 0;
            worst = Math.Max(worst, difference);
        }

        Assert.True(worst <= (isHalf ? 8 : 1), $"a byte of the picture is off by {worst}");
        Assert.True(isHalf || off <= 4, $"{off} bytes of the picture are off");
    }
}
