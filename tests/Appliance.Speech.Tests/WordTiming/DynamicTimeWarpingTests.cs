using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Speech.Tests.WordTiming;

public class DynamicTimeWarpingTests
{
    [Theory]
    [InlineData(10, 20)]
    [InlineData(32, 16)]
    [InlineData(123, 1500)]
    [InlineData(234, 189)]
    public void FindPath_OfAConstructedValley_FollowsIt(int rows, int columns)
    {
        Random random = new(42);
        bool[] steps = [.. Enumerable.Repeat(false, rows - 1), .. Enumerable.Repeat(true, columns - 1)];
        random.Shuffle(steps);
        float[] cost = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle())];
        List<(int Row, int Column)> expected = [(0, 0)];
        foreach (bool isColumn in steps)
        {
            (int row, int column) = expected[^1];
            expected.Add(isColumn ? (row, column + 1) : (row + 1, column));
        }

        // cheap by more than all cells off the path can save
        foreach ((int row, int column) in expected)
        {
            cost[(row * columns) + column] -= 1000;
        }

        Assert.Equal(expected, Find(cost, rows, columns));
    }

    [Fact]
    public void FindPath_OfRandomCosts_IsTheReferenceRecurrence()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            int rows = random.Next(1, 12);
            int columns = random.Next(1, 12);

            // few different values, so that ties are common
            float[] cost = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.Next(-3, 3))];
            Assert.Equal(Reference(cost, rows, columns), Find(cost, rows, columns));
        }
    }

    [Fact]
    public void FindPath_OfEqualCosts_PrefersTime() =>
        Assert.Equal([(0, 0), (1, 0), (1, 1), (1, 2)], Find(new float[6], 2, 3));

    private static List<(int Row, int Column)> Find(float[] cost, int rows, int columns)
    {
        (int Row, int Column)[] path = new (int, int)[rows + columns];
        int length = DynamicTimeWarping.FindPath(cost, rows, columns, path);
        return [.. path.AsSpan(0, length)];
    }

    /// <summary>The recurrence as it is written down: a whole table with a border of infinities.</summary>
    private static List<(int Row, int Column)> Reference(float[] cost, int rows, int columns)
    {
        float[,] total = new float[rows + 1, columns + 1];
        int[,] trace = new int[rows + 1, columns + 1];
        for (int i = 0; i <= rows; i++)
        {
            for (int j = 0; j <= columns; j++)
            {
                total[i, j] = float.PositiveInfinity;
            }
        }

        total[0, 0] = 0;
        for (int j = 1; j <= columns; j++)
        {
            for (int i = 1; i <= rows; i++)
            {
                (float diagonal, float above, float before) = (total[i - 1, j - 1], total[i - 1, j], total[i, j - 1]);
                (float best, trace[i, j]) = diagonal < above && diagonal < before ? (diagonal, 0) : above < diagonal && above < before ? (above, 1) : (before, 2);
                total[i, j] = (float)((double)cost[((i - 1) * columns) + j - 1] + best);
            }
        }

        List<(int Row, int Column)> path = [];
        for ((int i, int j) = (rows, columns); i > 0 || j > 0;)
        {
            path.Add((i - 1, j - 1));
            int step = j == 0 ? 1 : i == 0 ? 2 : trace[i, j];
            i -= step == 2 ? 0 : 1;
            j -= step == 1 ? 0 : 1;
        }

        path.Reverse();
        return path;
    }
}
