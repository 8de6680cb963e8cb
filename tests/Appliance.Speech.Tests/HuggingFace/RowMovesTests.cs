using Appliance.Speech.Recognition.Graphs.HuggingFace;

namespace Appliance.Speech.Tests.HuggingFace;

public sealed class RowMovesTests
{
    [Theory]
    [InlineData("0 1 2", 0)]
    [InlineData("0 0 1 2 2", 4)]
    [InlineData("1 0", 3)]
    [InlineData("1 2 0 4 3", 7)]
    [InlineData("1 1 1", 2)]
    public void Plan_Parents_MakesNoNeedlessCopy(string parents, int copies)
    {
        int[] rows = [.. parents.Split(' ').Select(int.Parse)];

        Assert.Equal(copies, new RowMoves().Plan(rows).Length);
    }

    [Fact]
    public void Plan_AnyParents_GivesEachRowItsParent()
    {
        Random random = new(7);
        RowMoves moves = new();
        for (int round = 0; round < 2000; round++)
        {
            int[] parents = new int[random.Next(1, 9)];
            for (int row = 0; row < parents.Length; row++)
            {
                parents[row] = random.Next(parents.Length);
            }

            int[] rows = [.. Enumerable.Range(0, parents.Length)];
            int scratch = -1;
            foreach (RowMove move in moves.Plan(parents))
            {
                int value = move.From == RowMoves.Scratch ? scratch : rows[move.From];
                if (move.To == RowMoves.Scratch)
                {
                    scratch = value;
                }
                else
                {
                    rows[move.To] = value;
                }
            }

            Assert.Equal(parents, rows);
        }
    }
}
