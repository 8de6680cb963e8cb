using System.Diagnostics;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Waits for what others do, against the real clock.</summary>
internal static class Wait
{
    /// <summary>Waits until something is so.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<bool> isSo, TimeSpan limit, Func<string> otherwise)
    {
        long started = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                Assert.Fail(otherwise());
            }

            await PauseAsync(TimeSpan.FromMilliseconds(10));
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Gives others time.</summary>
    public static Task PauseAsync(TimeSpan time) => Task.Delay(time, TestContext.Current.CancellationToken);
}
