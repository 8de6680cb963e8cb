namespace Appliance.Service.Health;

/// <summary>The mean of what was measured in the last quarter of an hour. Thread-safe.</summary>
internal sealed class WindowMean(TimeProvider time)
{
    private const int MostValues = 1000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Queue<(long At, double Value)> _values = new();

    /// <summary>The mean; null when nothing was measured.</summary>
    public double? Value
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _values.Count == 0 ? null : _values.Average(value => value.Value);
            }
        }
    }

    /// <summary>Adds a measurement.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _values.Enqueue((time.GetTimestamp(), value));
            Forget();
        }
    }

    private void Forget()
    {
        while (_values.Count > MostValues || (_values.Count > 0 && time.GetElapsedTime(_values.Peek().At) > Window))
        {
            _values.Dequeue();
        }
    }
}
