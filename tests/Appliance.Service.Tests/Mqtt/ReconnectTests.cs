using Appliance.Service.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Service.Tests.Mqtt;

public sealed class ReconnectTests
{
    [Fact]
    public void Backoff_DoublesUpToHalfAMinute()
    {
        Backoff backoff = new(() => 1);
        double[] waits = [.. Enumerable.Range(0, 9).Select(_ => backoff.Next().TotalSeconds)];
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], waits);
        backoff.Reset();
        Assert.Equal(0.5, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Backoff_SpreadsOverTheWholeTime()
    {
        double[] waits = [.. Enumerable.Range(0, 2000).Select(_ => new Backoff().Next().TotalSeconds)];
        Assert.InRange(waits.Average(), 0.22, 0.28);
        Assert.InRange(waits.Min(), 0, 0.02);
        Assert.InRange(waits.Max(), 0.48, 0.5);
    }

    [Fact]
    public void Takeovers_ThreeInAMinute_AreAConflictUntilOneConnectionHolds()
    {
        FakeTimeProvider time = new();
        TakeoverWatch watch = new(time);
        watch.TakenOver();
        time.Advance(TimeSpan.FromSeconds(29));
        watch.TakenOver();
        Assert.False(watch.IsConflict);
        time.Advance(TimeSpan.FromSeconds(31));
        watch.TakenOver();
        Assert.True(watch.IsConflict);
        watch.Held(TimeSpan.FromSeconds(59));
        Assert.True(watch.IsConflict);
        watch.Held(TimeSpan.FromSeconds(60));
        Assert.False(watch.IsConflict);
    }

    [Fact]
    public void Takeovers_FarApart_AreNone()
    {
        FakeTimeProvider time = new();
        TakeoverWatch watch = new(time);
        for (int i = 0; i < 10; i++)
        {
            watch.TakenOver();
            time.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.False(watch.IsConflict);
    }
}
