namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>Compares tensors with those of a trace.</summary>
internal static class TraceAssert
{
    /// <summary>The largest difference of two values; NaN counts as infinite.</summary>
    public static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            largest = difference <= largest ? largest : double.IsNaN(difference) ? double.PositiveInfinity : difference;
        }

        return largest;
    }

    public static void Close(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        double difference = Difference(expected, actual);
        Assert.True(difference <= tolerance, $"{what}: off by {difference:g3}, allowed {tolerance:g3}");
    }

    public static double Deviation(ReadOnlySpan<float> values)
    {
        double mean = 0;
        double squares = 0;
        foreach (float value in values)
        {
            mean += value;
            squares += (double)value * value;
        }

        mean /= values.Length;
        return Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean)));
    }
}
