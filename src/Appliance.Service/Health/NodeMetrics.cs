using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Appliance.Service.Health;

/// <summary>What the node counts and measures, by the names of interfaces.md §9: a label's value follows after a dot. Thread-safe.</summary>
internal sealed class NodeMetrics(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, double> _totals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WindowMean> _means = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<double?>> _gauges = new(StringComparer.Ordinal);

    /// <summary>Adds to a total.</summary>
    public void Count(string name, double amount = 1) => _totals.AddOrUpdate(name, amount, (_, before) => before + amount);

    /// <summary>Adds a measurement, of which the mean is told.</summary>
    public void Measure(string name, double value) => _means.GetOrAdd(name, _ => new WindowMean(time)).Add(value);

    /// <summary>Tells a value as it is when it is asked for; null is left out.</summary>
    public void Gauge(string name, Func<double?> read) => _gauges[name] = read;

    /// <summary>All of them as one flat object.</summary>
    public JsonObject Snapshot()
    {
        SortedDictionary<string, double> values = new(StringComparer.Ordinal);
        foreach ((string name, double total) in _totals)
        {
            values[name] = total;
        }

        foreach ((string name, WindowMean mean) in _means)
        {
            Put(values, name, mean.Value);
        }

        foreach ((string name, Func<double?> read) in _gauges)
        {
            Put(values, name, read());
        }

        return new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Math.Round(pair.Value, 4))));
    }

    private static void Put(SortedDictionary<string, double> values, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
        {
            values[name] = known;
        }
    }
}
