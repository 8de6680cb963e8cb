using Appliance.Imaging.Models;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>What is not possible is told before any graph is loaded, with what is.</summary>
public sealed class BadRequestTests
{
    public static TheoryData<string, string> Requests => new()
    {
        { "width-off-grid", "must be a multiple of 16 from 16 to 4096 for this model, nearest is 96 or 112" },
        { "width-absurd", "nearest is 4096" },
        { "height-zero", "nearest is 16" },
        { "height-negative", "nearest is 16" },
        { "steps-zero", "0 steps: must be a whole number from 1 to 1000" },
        { "steps-million", "1000000 steps: must be a whole number from 1 to 1000" },
        { "guidance-nan", "guidance NaN: must be a number from 0 to 100" },
        { "guidance-infinite", "guidance Infinity" },
        { "guidance-negative", "guidance -1" },
        { "rescale", "guidance rescale 2" },
        { "strength-nan", "strength NaN" },
        { "strength-zero", "strength 0" },
        { "strength-no-steps", "strength 0.1 leaves none of 5 steps: ask for at least 10 steps, or for strength 0.2 or more" },
        { "prompt-megabyte", "the prompt has 1048576 characters: 4000 are allowed" },
        { "prompt-control", "the prompt contains control characters" },
        { "negative-control", "the negative prompt contains control characters" },
        { "scheduler", "unknown scheduler \"magic\": use one of ddim, euler, euler-karras, euler-ancestral, dpmpp-2m, dpmpp-2m-karras, lcm, pndm, flow-euler" },
        { "flow", "only for models that are rectified flows" },
        { "generator", "unknown generator \"dice\": use one of torch-cpu, philox" },
        { "seed", "seed -1" },
        { "init-size", "the given picture has 64x64 pixels, 128x128 are drawn" },
        { "mask-size", "the mask has 64x64 pixels, the picture 128x128" },
        { "mask-alone", "a mask without a picture" },
        { "lcm-steps", "60 steps are more than the 50 that lcm has" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Check_NotPossible_SaysWhatIs(string name, string expected)
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ImagingException problem = Assert.Throws<ImagingException>(() => pipeline.Check(Request(name)));
        Assert.Equal(ImagingError.BadRequest, problem.Code);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EveryStepCountOfEveryScheduler_IsPossibleOrRefused()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        foreach (string scheduler in ImageChoices.Schedulers.Where(name => name != "flow-euler"))
        {
            for (int steps = 1; steps <= 1000; steps++)
            {
                try
                {
                    pipeline.Check(EmbeddedModel.Request("x", 0) with { Scheduler = scheduler, Steps = steps });
                }
                catch (ImagingException problem)
                {
                    Assert.True(scheduler is "lcm" && problem.Code is ImagingError.BadRequest, $"{scheduler} {steps}: {problem.Message}");
                }
            }
        }
    }

    [Theory]
    [InlineData("ddim")]
    [InlineData("euler")]
    [InlineData("euler-karras")]
    [InlineData("euler-ancestral")]
    [InlineData("dpmpp-2m")]
    [InlineData("dpmpp-2m-karras")]
    [InlineData("lcm")]
    [InlineData("pndm")]
    public void Draw_ExtremeStepCounts_GiveAPicture(string scheduler)
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        foreach (int steps in new[] { 1, 2, 3, 50 })
        {
            ImageRequest request = EmbeddedModel.Request("an owl", 1) with { Scheduler = scheduler, Steps = steps, Width = 32, Height = 48 };
            RgbImage image = pipeline.Draw(request, null, TestContext.Current.CancellationToken).Image;
            Assert.Equal((32, 48), (image.Width, image.Height));
        }
    }

    private static ImageRequest Request(string name)
    {
        ImageRequest good = EmbeddedModel.Request("an owl", 1);
        RgbImage picture = new(128, 128, new byte[128 * 128 * 3]);
        return name switch
        {
            "width-off-grid" => good with { Width = 100 },
            "width-absurd" => good with { Width = int.MaxValue },
            "height-zero" => good with { Height = 0 },
            "height-negative" => good with { Height = -128 },
            "steps-zero" => good with { Steps = 0 },
            "steps-million" => good with { Steps = 1_000_000 },
            "guidance-nan" => good with { Guidance = double.NaN },
            "guidance-infinite" => good with { Guidance = double.PositiveInfinity },
            "guidance-negative" => good with { Guidance = -1 },
            "rescale" => good with { GuidanceRescale = 2 },
            "strength-nan" => good with { Strength = double.NaN },
            "strength-zero" => good with { Strength = 0 },
            "strength-no-steps" => good with { Init = picture, Strength = 0.1, Steps = 5 },
            "prompt-megabyte" => good with { Prompt = new string('x', 1 << 20) },
            "prompt-control" => good with { Prompt = "a\u0007b" },
            "negative-control" => good with { NegativePrompt = "a\0b" },
            "scheduler" => good with { Scheduler = "magic" },
            "flow" => good with { Scheduler = "flow-euler" },
            "generator" => good with { Generator = "dice" },
            "seed" => good with { Seed = -1 },
            "init-size" => good with { Init = new(64, 64, new byte[64 * 64 * 3]) },
            "mask-size" => good with { Init = picture, Mask = new(64, 64, new byte[64 * 64]) },
            "mask-alone" => good with { Mask = new(128, 128, new byte[128 * 128]) },
            "lcm-steps" => good with { Scheduler = "lcm", Steps = 60 },
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }
}
