namespace Appliance.Speech.Listening;

/// <summary>
/// Decides what is given up when recognition can't keep up: first partials come more seldom, then not at all, then a smaller model takes
/// over; audio only goes when the whole backlog is full. Each measure ends well below where it begins, so that it does not flutter.
/// Thread-safe.
/// </summary>
internal sealed class OverloadPolicy(bool hasFallback)
{
    /// <summary>The interval of partials grows to this many times its ordinary length.</summary>
    private const int MostInterval = 8;

    /// <summary>So many partials in a row that were in time halve the interval again.</summary>
    private const int CalmPartials = 6;

    private const double NoPartialsSeconds = 2;
    private const double PartialsAgainSeconds = 0.5;
    private const double FallbackSeconds = 10;
    private const double OwnModelAgainSeconds = 1;

    private readonly Lock _lock = new();
    private int _calm;
    private int _interval = 1;
    private bool _isWithoutPartials;
    private bool _isOnFallback;
    private bool _isDropping;

    /// <summary>By what the interval of partials is multiplied.</summary>
    public int Interval
    {
        get
        {
            lock (_lock)
            {
                return _interval;
            }
        }
    }

    /// <summary>The strongest measure in force.</summary>
    public OverloadMeasure Measure
    {
        get
        {
            lock (_lock)
            {
                return _isDropping ? OverloadMeasure.DroppingAudio
                    : _isOnFallback ? OverloadMeasure.FallbackModel
                    : _isWithoutPartials ? OverloadMeasure.NoPartials
                    : _interval > 1 ? OverloadMeasure.FewerPartials
                    : OverloadMeasure.None;
            }
        }
    }

    /// <summary>False while partials are given up.</summary>
    public bool AllowsPartials
    {
        get
        {
            lock (_lock)
            {
                return !_isWithoutPartials;
            }
        }
    }

    /// <summary>True while finals come from the smaller model.</summary>
    public bool UsesFallback
    {
        get
        {
            lock (_lock)
            {
                return _isOnFallback;
            }
        }
    }

    /// <summary>A partial was due; the one before was done, or it was not.</summary>
    public void PartialDue(bool isInTime)
    {
        lock (_lock)
        {
            if (!isInTime)
            {
                _calm = 0;
                _interval = Math.Min(MostInterval, _interval * 2);
            }
            else if (_interval > 1 && ++_calm >= CalmPartials)
            {
                _calm = 0;
                _interval /= 2;
            }
        }
    }

    /// <summary>How far behind the finals are.</summary>
    /// <param name="seconds">Age of the oldest segment that waits.</param>
    public void Behind(double seconds)
    {
        lock (_lock)
        {
            _isWithoutPartials = seconds > (_isWithoutPartials ? PartialsAgainSeconds : NoPartialsSeconds);
            _isOnFallback = hasFallback && seconds > (_isOnFallback ? OwnModelAgainSeconds : FallbackSeconds);
            _isDropping = _isDropping && _isWithoutPartials;
        }
    }

    /// <summary>Audio was given up.</summary>
    public void Dropped()
    {
        lock (_lock)
        {
            _isDropping = true;
        }
    }
}
