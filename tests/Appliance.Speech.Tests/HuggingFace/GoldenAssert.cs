using System.Numerics.Tensors;
using Appliance.Testing.Golden;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>Compares with what golden.json keeps of a tensor.</summary>
internal static class GoldenAssert
{
    public static void Tensor(GoldenTensor expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Shape.Aggregate(1, (a, b) => a * b), actual.Length);
        Near(expected.First, actual[..expected.First.Length], tolerance);
        Assert.Equal(expected.Sum, Sum(actual, value => value), SumTolerance(actual.Length, tolerance));
        Assert.Equal(expected.AbsSum, Sum(actual, Math.Abs), SumTolerance(actual.Length, tolerance));
    }

    public static void Near(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual[index], tolerance);
        }
    }

    public static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual[index], tolerance);
        }
    }

    /// <summary>Compares all tokens of one row; <paramref name="logits"/> gives them by their index.</summary>
    public static void Logits(WhisperGoldenLogitRow expected, Func<int, float[]> logits, double tolerance)
    {
        for (int token = 0; token < expected.ArgmaxPerPosition.Length; token++)
        {
            float[] values = logits(token);
            Assert.Equal(expected.ArgmaxPerPosition[token], TensorPrimitives.IndexOfMax<float>(values));
            Assert.Equal(expected.SumPerPosition[token], Sum(values, value => value), SumTolerance(values.Length, tolerance));
        }

        float[] last = logits(expected.ArgmaxPerPosition.Length - 1);
        Near(expected.LastFirst32, last.AsSpan(0, expected.LastFirst32.Length), tolerance);
        Assert.Equal(expected.LastMax, last[expected.LastArgmax], tolerance);
    }

    public static double Sum(ReadOnlySpan<float> values, Func<double, double> map)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += map(value);
        }

        return sum;
    }

    // errors of single values partly cancel
    private static double SumTolerance(int count, double tolerance) => tolerance * Math.Sqrt(count) * 4;
}
