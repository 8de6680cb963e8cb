using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Service.Health.SelfTests;

/// <summary>Dynamic time warping finds a path that was laid into noise.</summary>
internal sealed class TimeWarpingTest : ISelfTest
{
    private const int Rows = 40;
    private const int Columns = 300;

    /// <inheritdoc/>
    public string Name => "time-warping";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        uint state = 1;
        List<(int Row, int Column)> laid = Lay(ref state);
        float[] cost = new float[Rows * Columns];
        for (int i = 0; i < cost.Length; i++)
        {
            cost[i] = Next(ref state);
        }

        foreach ((int row, int column) in laid)
        {
            // below zero, so that no short cut is cheaper than the path
            cost[(row * Columns) + column] -= 1;
        }

        (int Row, int Column)[] found = new (int, int)[Rows + Columns];
        int count = DynamicTimeWarping.FindPath(cost, Rows, Columns, found);
        return SelfTestOutcome.Same(laid, found[..count], "cells of the path");
    }

    // steps to the right or down from the first cell to the last
    private static List<(int Row, int Column)> Lay(ref uint state)
    {
        List<(int Row, int Column)> path = [(0, 0)];
        (int row, int column) = (0, 0);
        while (row < Rows - 1 || column < Columns - 1)
        {
            bool down = column == Columns - 1 || (row < Rows - 1 && Next(ref state) < (float)Rows / Columns);
            (row, column) = down ? (row + 1, column) : (row, column + 1);
            path.Add((row, column));
        }

        return path;
    }

    // the same noise on every machine
    private static float Next(ref uint state)
    {
        state = (state * 1664525) + 1013904223;
        return (state >> 8) / (float)(1 << 24);
    }
}
