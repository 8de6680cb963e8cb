using Appliance.Speech.Recognition.Decoding.Searches;

namespace Appliance.Speech.Tests.Decoding;

public sealed class TopTokensTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(33)]
    public void Find_RandomLogits_EqualsSorting(int count)
    {
        Random random = new(count);
        float[] logits = [.. Enumerable.Range(0, 1003).Select(_ => (float)random.NextDouble())];
        BeamCandidate[] top = new BeamCandidate[count];

        int found = TopTokens.Find(logits, top);

        Assert.Equal(count, found);
        Assert.Equal(Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).Take(count), top.Select(candidate => candidate.Token));
    }

    [Fact]
    public void Find_FewUnmasked_LeavesTheMaskedOut()
    {
        float[] logits = new float[100];
        logits.AsSpan().Fill(float.NegativeInfinity);
        logits[70] = 1;
        logits[3] = 2;
        BeamCandidate[] top = new BeamCandidate[6];

        Assert.Equal(2, TopTokens.Find(logits, top));
        Assert.Equal([3, 70], top.Take(2).Select(candidate => candidate.Token));
    }
}
