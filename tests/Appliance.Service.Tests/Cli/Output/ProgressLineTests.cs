using Appliance.Service.Cli.Output;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Service.Tests.Cli.Output;

public sealed class ProgressLineTests
{
    [Fact]
    public void Parts_AThirdDone_TellsTheTimeLeft()
    {
        FakeTimeProvider time = new();
        ProgressLine line = new("a", time);
        time.Advance(TimeSpan.FromSeconds(40));
        line.Advance(100, 300);

        (string done, string open, string figures) = line.Parts(unicode: false);

        Assert.Equal("##########", done);
        Assert.Equal(20, open.Length);
        Assert.Equal("33% 1:20 left", figures);
    }

    [Fact]
    public void Parts_NothingKnown_ShowsAnEmptyBar()
    {
        (string done, string open, string figures) = new ProgressLine("a", new FakeTimeProvider()).Parts(unicode: true);

        Assert.Equal(("", 30, "0%"), (done, open.Length, figures));
    }
}
