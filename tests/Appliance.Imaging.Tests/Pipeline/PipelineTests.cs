using System.Diagnostics;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Models;

namespace Appliance.Imaging.Tests.Pipeline;

public sealed class PipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("torch-cpu")]
    [InlineData("philox")]
    public void Draw_SameRequest_GivesTheSamePixelsAloneAndAmongOthers(string generator)
    {
        ImageRequest request = EmbeddedModel.Request("an owl", 5) with { Steps = 4, Generator = generator };
        using DiffusionModel first = EmbeddedModel.Load();
        using DiffusionModel second = EmbeddedModel.Load();
        ImagePipeline pipeline = new(first);
        byte[] alone = pipeline.Draw(request, null, Token).Image.Pixels;
        pipeline.Draw(request with { Seed = 6, Prompt = "a frog", Width = 64 }, null, Token);
        Assert.Equal(alone, pipeline.Draw(request, null, Token).Image.Pixels);
        Assert.Equal(alone, new ImagePipeline(second).Draw(request, null, Token).Image.Pixels);
        Assert.NotEqual(alone, pipeline.Draw(request with { Seed = 6 }, null, Token).Image.Pixels);
    }

    [Fact]
    public void Draw_Steps_AllocateNothing()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        using CancellationTokenSource source = new();
        AllocationWatcher watcher = new();
        foreach (string scheduler in ImageChoices.Schedulers.Where(name => name is not ("lcm" or "flow-euler")))
        {
            ImageRequest request = EmbeddedModel.Request("an owl", 5) with { Steps = 6, Scheduler = scheduler, GuidanceRescale = 0.5 };
            pipeline.DrawWatched(request, watcher, source.Token);
            watcher.Reset();
            pipeline.DrawWatched(request, watcher, source.Token);
            Assert.True(watcher.Bytes == 0, $"{scheduler}: {watcher.Bytes} bytes in {watcher.Steps} steps");
            Assert.True(watcher.Steps >= 5);
        }
    }

    [Fact]
    public void Draw_Cancelled_EndsWithinOneStep()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        using CancellationTokenSource source = new();
        CancellingProgress progress = new(source, atStep: 3);
        ImageRequest request = EmbeddedModel.Request("an owl", 5) with { Steps = 1000 };
        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.Draw(request, progress, source.Token));
        Assert.Equal(3, progress.Steps);

        // the model goes on to work
        Assert.Equal(128, pipeline.Draw(EmbeddedModel.Request("an owl", 5) with { Steps = 1 }, null, Token).Image.Width);
    }

    [Fact]
    public void Draw_CancelledFromAnotherThread_StopsTheRunningGraph()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ImageRequest request = EmbeddedModel.Request("an owl", 5) with { Width = 512, Height = 512, Steps = 1000 };
        using CancellationTokenSource source = new();
        long cancelled = 0;
        using ITimer timer = TimeProvider.System.CreateTimer(
            _ =>
            {
                Volatile.Write(ref cancelled, Stopwatch.GetTimestamp());
                source.Cancel();
            },
            null,
            TimeSpan.FromMilliseconds(500),
            Timeout.InfiniteTimeSpan);
        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.Draw(request, null, source.Token));

        // a contract's 200 ms (architecture.md), five times
        Assert.True(Stopwatch.GetElapsedTime(Volatile.Read(ref cancelled)) < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(4.0)]
    [InlineData(1.0)]
    public void Draw_PromptLongerThanTheModelReads_IsDrawnAndToldWhatWasLeftOut(double guidance)
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImageRequest request = EmbeddedModel.Request(string.Concat(Enumerable.Repeat("cat ", 75)) + "and a dog", 5) with { Steps = 1, Guidance = guidance };
        DrawnImage drawn = new ImagePipeline(model).Draw(request, null, Token);
        Assert.Contains("left out: \"and a dog\"", Assert.Single(drawn.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ddim")]
    [InlineData("euler")]
    [InlineData("euler-ancestral")]
    [InlineData("dpmpp-2m-karras")]
    [InlineData("pndm")]
    public void Draw_Previews_ComeNearerToThePicture(string scheduler)
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ImageRequest request = EmbeddedModel.Request("a red apple on a blue background", 3) with { Steps = 12, Scheduler = scheduler };
        ListPreviews rough = new(every: 4, usesDecoder: false);
        ListPreviews decoded = new(every: 4, usesDecoder: true);
        RgbImage image = pipeline.Draw(request, null, rough, Token).Image;
        Assert.Equal(image.Pixels, pipeline.Draw(request, null, decoded, Token).Image.Pixels);
        Assert.Equal((2, 2), (rough.Seen.Count(seen => seen.Done < 12), decoded.Seen.Count(seen => seen.Done < 12)));
        foreach (ListPreviews previews in new[] { rough, decoded })
        {
            double[] differences = [.. previews.Seen.Select(seen => Difference(image, seen.Image))];
            Assert.True(differences[^1] < differences[0], $"{scheduler}: {string.Join(", ", differences)}");
            Assert.True(differences[^1] < 50, $"{scheduler}: {string.Join(", ", differences)}");
        }
    }

    [Fact]
    public void Decode_InTiles_IsNearlyTheWhole()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        LatentSize size = new(4, 80, 112);
        float[] latents = new float[size.Count];
        new Denoising.Noise.TorchCpuNoise(1).Fill(latents);

        // smooth, as latents of pictures are
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (0.1f * latents[i]) + MathF.Sin((i % size.Width * 0.1f) + (i / size.Width * 0.05f) + (i / (size.Width * size.Height)));
        }

        RgbImage whole = Decoding.Pixels.ToImage(model.Parts.Decoder.DecodeValues(latents, size, Token));
        RgbImage tiled = Decoding.Pixels.ToImage(Decoding.LatentTiles.Decode(latents, size, (tile, tileSize) => model.Parts.Decoder.DecodeValues(tile, tileSize, Token)));
        Assert.Equal((whole.Width, whole.Height), (tiled.Width, tiled.Height));
        Assert.True(Difference(whole, tiled) < 4, $"{Difference(whole, tiled):0.0} levels on average");
        Assert.True(Decoding.LatentTiles.AreNeeded(new(4, 128, 128)));
        Assert.False(Decoding.LatentTiles.AreNeeded(new(4, 64, 64)));
    }

    [Fact]
    public void Draw_Large_IsDecodedInTilesAndSaysSo()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImageRequest request = EmbeddedModel.Request("an owl", 5) with { Steps = 1, Guidance = 1, Width = 896, Height = 784 };
        DrawnImage drawn = new ImagePipeline(model).Draw(request, null, Token);
        Assert.Equal(("vae-tiled", 896, 784), (drawn.Decoder, drawn.Image.Width, drawn.Image.Height));
    }

    [Fact]
    public void Draw_Progress_CountsEveryStepDown()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        List<ImageStep> seen = [];
        new ImagePipeline(model).Draw(EmbeddedModel.Request("an owl", 5) with { Steps = 4 }, new ListProgress(seen), Token);
        Assert.Equal([1, 2, 3, 4], seen.Select(step => step.Done));
        Assert.All(seen, step => Assert.Equal(4, step.Steps));
        Assert.Equal(TimeSpan.Zero, seen[^1].Remaining);
        Assert.True(seen[0].Remaining > TimeSpan.Zero);
    }

    [Fact]
    public void Draw_Guidance_BringsThePictureNearerToThePrompt()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ImageRequest request = EmbeddedModel.Request("a red apple on a blue background", 11);
        double guided = Blueness(pipeline.Draw(request, null, Token).Image);
        double unguided = Blueness(pipeline.Draw(request with { Guidance = 1 }, null, Token).Image);
        Assert.True(guided > unguided, $"{guided:0.00} with guidance, {unguided:0.00} without");
    }

    [Fact]
    public void Draw_NegativePrompt_ChangesThePicture()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ImageRequest request = EmbeddedModel.Request("an apple", 12);
        byte[] plain = pipeline.Draw(request, null, Token).Image.Pixels;
        Assert.NotEqual(plain, pipeline.Draw(request with { NegativePrompt = "red" }, null, Token).Image.Pixels);
        Assert.Equal(plain, pipeline.Draw(request with { NegativePrompt = "" }, null, Token).Image.Pixels);
    }

    [Fact]
    public void Draw_GivenPicture_StaysNearerWithLessStrength()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        RgbImage start = pipeline.Draw(EmbeddedModel.Request("a red apple", 13), null, Token).Image;
        ImageRequest request = EmbeddedModel.Request("a lemon", 14) with { Init = start };
        double near = Difference(start, pipeline.Draw(request with { Strength = 0.2 }, null, Token).Image);
        double far = Difference(start, pipeline.Draw(request with { Strength = 0.9 }, null, Token).Image);
        Assert.True(near < far * 0.7, $"{near:0.0} at strength 0.2, {far:0.0} at 0.9");
    }

    [Fact]
    public void Draw_Mask_ChangesOnlyWhatIsWhite()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        RgbImage start = pipeline.Draw(EmbeddedModel.Request("a green frog", 15), null, Token).Image;
        byte[] mask = new byte[128 * 128];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)(i % 128 >= 64 ? 255 : 0);
        }

        ImageRequest request = EmbeddedModel.Request("a red heart on a blue background", 16) with { Init = start, Mask = new(128, 128, mask) };
        RgbImage drawn = pipeline.Draw(request, null, Token).Image;
        (double left, double right) = (Difference(start, drawn, x => x < 48), Difference(start, drawn, x => x >= 80));
        Assert.True(left < right / 4, $"{left:0.0} where it is kept, {right:0.0} where it is drawn anew");
    }

    private static double Blueness(RgbImage image)
    {
        int blue = 0;
        for (int i = 0; i < image.Pixels.Length; i += 3)
        {
            blue += image.Pixels[i + 2] > image.Pixels[i] + 40 ? 1 : 0;
        }

        return blue / (image.Pixels.Length / 3.0);
    }

    private static double Difference(RgbImage first, RgbImage second, Func<int, bool>? columns = null)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < first.Pixels.Length; i++)
        {
            if (columns?.Invoke(i / 3 % first.Width) is not false)
            {
                sum += Math.Abs(first.Pixels[i] - second.Pixels[i]);
                count++;
            }
        }

        return sum / count;
    }

    private sealed class AllocationWatcher : IDenoisingWatcher
    {
        private long _last;

        public long Bytes { get; private set; }

        public int Steps { get; private set; }

        public void Reset() => (Bytes, Steps, _last) = (0, 0, 0);

        public void Starting(DenoisingState state)
        {
        }

        public void Stepped(int step, DenoisingState state)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (_last > 0)
            {
                Bytes += now - _last;
                Steps++;
            }

            _last = GC.GetAllocatedBytesForCurrentThread();
        }
    }

    private sealed class CancellingProgress(CancellationTokenSource source, int atStep) : IImageProgress
    {
        public int Steps { get; private set; }

        public void Stepped(in ImageStep state)
        {
            Steps = state.Done;
            if (state.Done == atStep)
            {
                source.Cancel();
            }
        }
    }

    private sealed class ListPreviews(int every, bool usesDecoder) : IImagePreviews
    {
        public List<(RgbImage Image, int Done)> Seen { get; } = [];

        public int Every => every;

        public bool UsesDecoder => usesDecoder;

        public void Previewed(RgbImage image, in ImageStep state) => Seen.Add((image, state.Done));
    }

    private sealed class ListProgress(List<ImageStep> seen) : IImageProgress
    {
        public void Stepped(in ImageStep state) => seen.Add(state);
    }
}
