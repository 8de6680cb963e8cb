using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Speech.Tests.WordTiming;

public class MedianFilterTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(1500)]
    public void Apply_OfRandomRows_IsTheMiddleOfTheSortedNeighbours(int length)
    {
        Random random = new(length);
        for (int round = 0; round < 20; round++)
        {
            float[] row = [.. Enumerable.Range(0, length).Select(_ => round % 2 == 0 ? random.NextSingle() : random.Next(4))];
            float[] filtered = new float[length];
            MedianFilter.Apply(row, filtered);
            Assert.Equal(Naive(row), filtered);
        }
    }

    [Fact]
    public void Apply_OfAllOrdersOfZerosAndOnes_SortsTheMiddle()
    {
        // a network of exchanges that is right for these is right for all values (the 0-1 principle)
        for (int bits = 0; bits < 128; bits++)
        {
            float[] row = [.. Enumerable.Range(0, 7).Select(i => (float)((bits >> i) & 1))];
            float[] filtered = new float[7];
            MedianFilter.Apply(row, filtered);
            Assert.Equal(int.PopCount(bits) >= 4 ? 1 : 0, filtered[3]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Apply_OfAShortRow_LeavesItAsItIs(int length)
    {
        float[] row = [.. Enumerable.Range(0, length).Select(i => (float)(i * i))];
        float[] filtered = new float[length];
        MedianFilter.Apply(row, filtered);
        Assert.Equal(row, filtered);
    }

    private static float[] Naive(float[] row)
    {
        float[] filtered = new float[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            float[] window = [.. Enumerable.Range(i - 3, 7).Select(j => row[Reflect(j, row.Length)]).Order()];
            filtered[i] = window[3];
        }

        return filtered;
    }

    private static int Reflect(int index, int length) => index < 0 ? -index : index >= length ? (2 * length) - 2 - index : index;
}
