namespace Appliance.Speech.Listening;

/// <summary>
/// What waits for recognition: complete segments in order, all of them, and at most one partial, which gives way to them. One thread
/// offers, one takes.
/// </summary>
internal sealed class RecognitionQueue : IDisposable
{
    private readonly object _lock = new();
    private readonly Queue<LiveSegment> _finals = [];
    private RecognitionWork? _partial;
    private CancellationTokenSource _partialEnd = new();
    private LiveSegment? _running;
    private bool _isPartialRunning;
    private bool _isComplete;

    /// <summary>The frame at which the oldest complete segment that waits ended; null when none waits.</summary>
    public long? OldestWaitingEnd
    {
        get
        {
            lock (_lock)
            {
                return _finals.TryPeek(out LiveSegment? oldest) ? oldest.End : null;
            }
        }
    }

    /// <summary>Offers a partial.</summary>
    /// <returns>False when another is still waiting or running, or segments are: then it is not taken.</returns>
    public bool OfferPartial(LiveSegment segment, long end, bool mayCommit)
    {
        lock (_lock)
        {
            if (_partial is not null || _running is not null || _finals.Count > 0)
            {
                return false;
            }

            _partial = new RecognitionWork(segment, end, false, mayCommit, _partialEnd.Token);
            Monitor.PulseAll(_lock);
            return true;
        }
    }

    /// <summary>Offers a complete segment; a partial that is waiting or running is given up for it.</summary>
    public void OfferFinal(LiveSegment segment)
    {
        lock (_lock)
        {
            _finals.Enqueue(segment);
            _partial = null;
            if (_isPartialRunning)
            {
                _partialEnd.Cancel();
                _partialEnd = new CancellationTokenSource();
                _isPartialRunning = false;
            }

            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>No more will be offered.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Forgets what waits, and ends.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _finals.Clear();
            _partial = null;
            Complete();
        }
    }

    /// <summary>Waits for work.</summary>
    /// <returns>Null when there is no more.</returns>
    public RecognitionWork? Take()
    {
        lock (_lock)
        {
            while (_finals.Count == 0 && _partial is null)
            {
                if (_isComplete)
                {
                    return null;
                }

                Monitor.Wait(_lock);
            }

            RecognitionWork work = _finals.TryDequeue(out LiveSegment? segment)
                ? new RecognitionWork(segment, segment.End, true, false, CancellationToken.None)
                : _partial!.Value;
            _partial = work.IsFinal ? _partial : null;
            _running = work.Segment;
            _isPartialRunning = !work.IsFinal;
            return work;
        }
    }

    /// <summary>What was taken last is done.</summary>
    public void Done()
    {
        lock (_lock)
        {
            _running = null;
            _isPartialRunning = false;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits until nothing waits or runs, or the other thread has stopped.</summary>
    /// <param name="hasStopped">True once the thread that takes has ended.</param>
    public void WaitUntilIdle(Func<bool> hasStopped)
    {
        lock (_lock)
        {
            while ((_finals.Count > 0 || _partial is not null || _running is not null) && !hasStopped())
            {
                Monitor.Wait(_lock, 200);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _partialEnd.Dispose();
}
