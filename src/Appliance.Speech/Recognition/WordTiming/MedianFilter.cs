using System.Buffers;
using System.Numerics;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>Median of seven neighbours along a row, its ends reflected.</summary>
internal static class MedianFilter
{
    private const int Radius = 3;

    /// <summary>Filters a row; one of three values or fewer is copied, since it has nothing to reflect.</summary>
    /// <param name="row">Source.</param>
    /// <param name="filtered">Destination, as long as the source.</param>
    public static void Apply(ReadOnlySpan<float> row, Span<float> filtered)
    {
        if (row.Length <= Radius)
        {
            row.CopyTo(filtered);
            return;
        }

        // room behind the end, so that the last vectors need no other code than the rest
        int rounded = row.Length + Vector<float>.Count;
        float[] buffer = ArrayPool<float>.Shared.Rent((2 * rounded) + (2 * Radius));
        Span<float> padded = buffer.AsSpan(0, rounded + (2 * Radius));
        Pad(row, padded);
        Span<float> medians = buffer.AsSpan(padded.Length, rounded);
        for (int i = 0; i < row.Length; i += Vector<float>.Count)
        {
            Median(padded[i..]).CopyTo(medians[i..]);
        }

        medians[..row.Length].CopyTo(filtered);
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void Pad(ReadOnlySpan<float> row, Span<float> padded)
    {
        row.CopyTo(padded[Radius..]);
        Span<float> right = padded[(Radius + row.Length)..];
        for (int i = 0; i < Radius; i++)
        {
            padded[Radius - 1 - i] = row[i + 1];
            right[i] = row[^(i + 2)];
        }

        right[Radius..].Clear();
    }

    // Thirteen exchanges are enough to bring the middle one of seven to its place (Knuth, TAOCP 3, 5.3.4; the tests try all orders).
    private static Vector<float> Median(ReadOnlySpan<float> values)
    {
        Vector<float> a = new(values);
        Vector<float> b = new(values[1..]);
        Vector<float> c = new(values[2..]);
        Vector<float> d = new(values[3..]);
        Vector<float> e = new(values[4..]);
        Vector<float> f = new(values[5..]);
        Vector<float> g = new(values[6..]);
        Order(ref a, ref f);
        Order(ref a, ref d);
        Order(ref b, ref g);
        Order(ref c, ref e);
        Order(ref a, ref b);
        Order(ref d, ref f);
        Order(ref c, ref g);
        Order(ref c, ref d);
        Order(ref d, ref g);
        Order(ref e, ref f);
        Order(ref b, ref e);
        Order(ref b, ref d);
        Order(ref d, ref e);
        return d;
    }

    private static void Order(ref Vector<float> low, ref Vector<float> high)
    {
        Vector<float> smaller = Vector.MinNative(low, high);
        high = Vector.MaxNative(low, high);
        low = smaller;
    }
}
