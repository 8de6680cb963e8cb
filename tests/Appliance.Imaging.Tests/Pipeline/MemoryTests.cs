using Appliance.Imaging.Models;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>What the process holds: nothing else may run beside these.</summary>
[Collection(Alone.Name)]
public sealed class MemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Draw_MoreThanMemoryHolds_IsTriedOnceMoreAndThenToldClearly()
    {
        if (File.ReadAllText("/proc/sys/vm/overcommit_memory").Trim() == "1")
        {
            Assert.Skip("this kernel promises memory that it has not got (vm.overcommit_memory is 1)");
        }

        using DiffusionModel model = EmbeddedModel.Load();
        WarningList log = new();
        ImagePipeline pipeline = new(model, log);

        // attention over 65,536 places takes 137 GB at once
        ImageRequest request = EmbeddedModel.Request("an owl", 5) with { Steps = 1, Width = 4096, Height = 4096 };
        ImagingException problem = Assert.Throws<ImagingException>(() => pipeline.Draw(request, null, Token));
        Assert.Equal(ImagingError.OutOfMemory, problem.Code);
        Assert.Contains("ask for a smaller one", problem.Message, StringComparison.Ordinal);
        Assert.Contains("once more", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Equal(128, pipeline.Draw(EmbeddedModel.Request("an owl", 5) with { Steps = 1 }, null, Token).Image.Width);
    }

    [Fact]
    public void ReleaseMemory_AfterALargePicture_GivesItBack()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        pipeline.Draw(EmbeddedModel.Request("an owl", 5) with { Steps = 1 }, null, Token);
        long small = ProcessMemory();
        pipeline.Draw(EmbeddedModel.Request("an owl", 5) with { Steps = 1, Width = 768, Height = 768 }, null, Token);
        long large = ProcessMemory();
        pipeline.ReleaseMemory();
        long released = ProcessMemory();
        Assert.True(large - small > 50 << 20, $"{small >> 20} MiB before, {large >> 20} with the large picture: nothing to give back");
        Assert.True(released - small < (large - small) / 2, $"{small >> 20} MiB before, {large >> 20} with the large picture, {released >> 20} after");
        Assert.Equal(128, pipeline.Draw(EmbeddedModel.Request("an owl", 5) with { Steps = 1 }, null, Token).Image.Width);
    }

    private static long ProcessMemory()
    {
        string line = File.ReadLines("/proc/self/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) << 10;
    }
}
