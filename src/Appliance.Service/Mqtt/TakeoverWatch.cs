namespace Appliance.Service.Mqtt;

/// <summary>
/// Notices when somebody else uses the same client id: the broker then throws each out in turn. After three times in a minute the fight is
/// given up: one try in 30 seconds, and the problem is told.
/// </summary>
internal sealed class TakeoverWatch(TimeProvider time)
{
    private const int Most = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Queue<long> _takeovers = new();

    /// <summary>The least wait between two tries while there is a conflict.</summary>
    public static TimeSpan SlowWait { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether somebody else uses the client id.</summary>
    public bool IsConflict { get; private set; }

    /// <summary>The session was taken over.</summary>
    public void TakenOver()
    {
        _takeovers.Enqueue(time.GetTimestamp());
        while (_takeovers.Count > 0 && time.GetElapsedTime(_takeovers.Peek()) > Window)
        {
            _takeovers.Dequeue();
        }

        IsConflict |= _takeovers.Count >= Most;
    }

    /// <summary>A connection held for as long as the window: the other one is gone.</summary>
    public void Held(TimeSpan duration)
    {
        if (duration >= Window)
        {
            _takeovers.Clear();
            IsConflict = false;
        }
    }
}
