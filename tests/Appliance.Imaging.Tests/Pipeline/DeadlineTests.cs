using System.Diagnostics;
using Appliance.Imaging.Models;

namespace Appliance.Imaging.Tests.Pipeline;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData(10, 1, 2, null, 20, 7, "vae")]
    [InlineData(10, 1, 2, 0.5, 20, 8, "tiny")]
    [InlineData(100, 1, 2, 0.5, 20, 20, "vae")]
    [InlineData(10, 1, 9, 0.5, 20, 8, "tiny")]
    [InlineData(10, 8, 1, 1.0, 20, 1, "vae")]
    [InlineData(10, 0.001, 2, 0.5, 4, 4, "vae")]
    public void Choose_ByMeasuredTimes_TakesWhatFits(double remaining, double step, double decoding, double? tiny, int wanted, int steps, string decoder)
    {
        DeadlineChoice choice = DeadlineChoice.Choose(Seconds(remaining), Seconds(step), Seconds(decoding), tiny is { } value ? Seconds(value) : null, wanted);
        Assert.Equal((steps, decoder), (choice.Steps, choice.Decoder));
    }

    [Theory]
    [InlineData(1.0, 1, 2)]
    [InlineData(-3.0, 1, 2)]
    [InlineData(3.0, 1, 2)]
    public void Choose_NotEvenOneStep_SaysHowLongItTakes(double remaining, double step, double decoding)
    {
        ImagingException problem = Assert.Throws<ImagingException>(() => DeadlineChoice.Choose(Seconds(remaining), Seconds(step), Seconds(decoding), null, 20));
        Assert.Equal(ImagingError.DeadlineExceeded, problem.Code);
        Assert.Contains("one step and decoding take 3.00 s", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_AsChosen_IsDoneInTime()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagePipeline pipeline = new(model);
        ImageRequest request = EmbeddedModel.Request("an owl", 1) with { Steps = 1000 };
        pipeline.Draw(request with { Steps = 1 }, null, TestContext.Current.CancellationToken);
        long start = Stopwatch.GetTimestamp();
        TimeSpan deadline = TimeSpan.FromSeconds(1);
        DeadlineChoice choice = pipeline.Choose(request, deadline, TestContext.Current.CancellationToken);
        pipeline.Draw(request with { Steps = choice.Steps, Decoder = choice.Decoder }, null, TestContext.Current.CancellationToken);
        Assert.InRange(choice.Steps, 1, 999);

        // a contract's deadline, five times
        Assert.True(Stopwatch.GetElapsedTime(start) < deadline * 5);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
