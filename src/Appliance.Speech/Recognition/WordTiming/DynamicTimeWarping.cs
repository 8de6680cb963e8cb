using System.Buffers;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>
/// Dynamic time warping with the tie rules of openai/whisper timing.py: the diagonal only when it is strictly the cheapest, else
/// the row above only when strictly the cheapest, else the column before. Costs add up in float32.
/// </summary>
internal static class DynamicTimeWarping
{
    private const byte Diagonal = 0;
    private const byte Above = 1;
    private const byte Before = 2;

    /// <summary>Finds the path from the first cell to the last.</summary>
    /// <param name="cost">Shape [rows, columns], row-major.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="path">Destination, room for rows + columns cells; filled from its start.</param>
    /// <returns>Cells of the path.</returns>
    public static int FindPath(ReadOnlySpan<float> cost, int rows, int columns, Span<(int Row, int Column)> path)
    {
        byte[] trace = ArrayPool<byte>.Shared.Rent(rows * columns);
        Trace(cost, rows, columns, trace);
        int length = 0;
        int row = rows - 1;
        int column = columns - 1;
        while (row >= 0 && column >= 0)
        {
            path[length++] = (row, column);
            byte step = trace[(row * columns) + column];
            row -= step == Before ? 0 : 1;
            column -= step == Above ? 0 : 1;
        }

        ArrayPool<byte>.Shared.Return(trace);
        path[..length].Reverse();
        return length;
    }

    private static void Trace(ReadOnlySpan<float> cost, int rows, int columns, Span<byte> trace)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(columns + 1);
        Span<float> above = buffer.AsSpan(0, columns + 1);

        // nothing leads into the first cell but the corner before it
        above.Fill(float.PositiveInfinity);
        above[0] = 0;
        for (int row = 0; row < rows; row++)
        {
            TraceRow(cost.Slice(row * columns, columns), above, trace.Slice(row * columns, columns));
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    // totals[j + 1] is column j's total of the row above, and becomes this row's
    private static void TraceRow(ReadOnlySpan<float> cost, Span<float> totals, Span<byte> trace)
    {
        float diagonal = totals[0];
        float before = float.PositiveInfinity;
        totals[0] = float.PositiveInfinity;
        Span<float> totalsAbove = totals.Slice(1, cost.Length);
        for (int column = 0; column < cost.Length; column++)
        {
            float above = totalsAbove[column];
            float best = before;
            byte step = Before;
            if (above < diagonal && above < before)
            {
                best = above;
                step = Above;
            }

            if (diagonal < above && diagonal < before)
            {
                best = diagonal;
                step = Diagonal;
            }

            before = cost[column] + best;
            totalsAbove[column] = before;
            trace[column] = step;
            diagonal = above;
        }
    }
}
