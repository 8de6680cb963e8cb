using Appliance.Service.Jobs;

namespace Appliance.Service.Tests.Jobs;

public sealed class DeviceTurnsTests
{
    private static readonly int Batch = DeviceTurns.RankOf(JobPriority.Batch, isSpeech: false);
    private static readonly int Normal = DeviceTurns.RankOf(JobPriority.Normal, isSpeech: false);
    private static readonly int NormalSpeech = DeviceTurns.RankOf(JobPriority.Normal, isSpeech: true);
    private static readonly int Live = DeviceTurns.RankOf(JobPriority.Interactive, isSpeech: true);

    [Fact]
    public void RankOf_SpeechGoesFirstAtEqualPriorityOnly()
    {
        Assert.True(NormalSpeech > Normal);
        Assert.True(Normal > DeviceTurns.RankOf(JobPriority.Batch, isSpeech: true));
        Assert.True(Live > NormalSpeech);
    }

    [Fact]
    public async Task Take_WhileOthersWait_GoesByRankThenByOrder()
    {
        DeviceTurns device = new();
        CancellationToken token = TestContext.Current.CancellationToken;
        List<string> order = [];
        Task[] tasks;
        using (device.Take(Batch, token))
        {
            List<Task> started = [];
            foreach ((string name, int rank) in new[] { ("a", Batch), ("b", Normal), ("c", Live), ("d", Normal) })
            {
                using ManualResetEventSlim running = new();
                started.Add(Task.Factory.StartNew(() =>
                {
                    running.Set();
                    using DeviceTurn turn = device.Take(rank, token);
                    lock (order)
                    {
                        order.Add(name);
                    }
                }, token, TaskCreationOptions.LongRunning, TaskScheduler.Default));
                running.Wait(token);

                // each waits before the next comes
                await Mqtt.Wait.PauseAsync(TimeSpan.FromMilliseconds(50));
            }

            tasks = [.. started];
        }

        await Task.WhenAll(tasks);
        Assert.Equal(["c", "b", "d", "a"], order);
    }

    [Fact]
    public async Task Yield_MoreUrgentWaits_LetsItDoOnePieceAndGoesOn()
    {
        DeviceTurns device = new();
        CancellationToken token = TestContext.Current.CancellationToken;
        using DeviceTurn image = device.Take(Normal, token);
        Assert.False(image.Yield(token));
        Task<bool> live = Task.Run(() =>
        {
            using DeviceTurn turn = device.Take(Live, token);
            return true;
        }, token);
        Task<bool> lower = Task.Run(() =>
        {
            using DeviceTurn turn = device.Take(Batch, token);
            return true;
        }, token);
        await Mqtt.Wait.UntilAsync(() => device.HasMoreUrgent(Normal), TimeSpan.FromSeconds(10), () => "nobody waits");
        Assert.True(image.Yield(token));
        Assert.True(await live);
        Assert.False(lower.IsCompleted);
        image.Dispose();
        Assert.True(await lower);
    }

    [Fact]
    public async Task Take_Cancelled_LeavesTheTurnToOthers()
    {
        DeviceTurns device = new();
        CancellationToken token = TestContext.Current.CancellationToken;
        using CancellationTokenSource cancelled = new();
        Task waiting;
        using (device.Take(Normal, token))
        {
            waiting = Task.Run(() => device.Take(Live, cancelled.Token), token);
            await Mqtt.Wait.UntilAsync(() => device.HasMoreUrgent(Normal), TimeSpan.FromSeconds(10), () => "nobody waits");
            await cancelled.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        }

        device.Take(Batch, token).Dispose();
    }
}
