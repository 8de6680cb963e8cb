namespace Appliance.Service.Jobs;

/// <summary>
/// The device does one thing at a time: who works on it holds the turn, and offers it between two windows or steps to whoever is more
/// urgent. Work that gave its turn away keeps its state and goes on before others of its rank. Thread-safe.
/// </summary>
internal sealed class DeviceTurns
{
    private readonly Lock _lock = new();
    private readonly List<DeviceTurn> _waiting = [];
    private DeviceTurn? _holder;
    private long _order;

    /// <summary>The rank of speech or imaging of a priority: at equal priority speech goes first.</summary>
    public static int RankOf(JobPriority priority, bool isSpeech) => ((int)priority * 2) + (isSpeech ? 1 : 0);

    /// <summary>Waits for the turn.</summary>
    /// <param name="rank">The higher, the sooner.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public DeviceTurn Take(int rank, CancellationToken cancellationToken)
    {
        DeviceTurn turn = new(this, rank, Interlocked.Increment(ref _order));
        Wait(turn, cancellationToken);
        return turn;
    }

    /// <summary>Whether somebody waits whose rank is higher.</summary>
    public bool HasMoreUrgent(int rank)
    {
        lock (_lock)
        {
            return _waiting.Exists(turn => turn.Rank > rank);
        }
    }

    /// <summary>Lets the more urgent work first, and waits until the turn is back.</summary>
    /// <returns>True when something else was done meanwhile.</returns>
    internal bool Yield(DeviceTurn turn, CancellationToken cancellationToken)
    {
        if (!HasMoreUrgent(turn.Rank))
        {
            return false;
        }

        Release(turn);
        Wait(turn, cancellationToken);
        return true;
    }

    internal void Release(DeviceTurn turn)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_holder, turn))
            {
                _holder = null;
                PassOn();
            }
        }
    }

    private void Wait(DeviceTurn turn, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            turn.Granted.Reset();
            _waiting.Add(turn);
            PassOn();
        }

        try
        {
            turn.Granted.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _waiting.Remove(turn);
            }

            // it may have been granted at the same moment
            Release(turn);
            throw;
        }
    }

    private void PassOn()
    {
        if (_holder is not null || _waiting.Count == 0)
        {
            return;
        }

        DeviceTurn next = _waiting[0];
        foreach (DeviceTurn turn in _waiting)
        {
            if (turn.Rank > next.Rank || (turn.Rank == next.Rank && turn.Order < next.Order))
            {
                next = turn;
            }
        }

        _waiting.Remove(next);
        _holder = next;
        next.Granted.Set();
    }
}
