using Microsoft.Extensions.Logging;

namespace Appliance.Service.Mqtt;

/// <summary>Keeps loops running: a fault of one is logged, and it is begun again.</summary>
internal static class Supervision
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs a loop until it is cancelled.</summary>
    public static async Task RunAsync(string name, Func<CancellationToken, Task> loop, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await loop(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Log.LoopFailed(logger, fault, name);
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }

    /// <summary>Does something; a fault is logged.</summary>
    public static void Try(Action action, ILogger logger)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            Log.LoopFailed(logger, fault, "timer");
        }
    }
}
