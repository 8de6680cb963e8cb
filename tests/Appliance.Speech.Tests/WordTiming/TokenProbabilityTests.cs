using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Speech.Tests.WordTiming;

public class TokenProbabilityTests
{
    [Fact]
    public void Of_RandomLogits_IsTheSoftmax()
    {
        Random random = new(4);
        float[] logits = [.. Enumerable.Range(0, 1003).Select(_ => (random.NextSingle() * 40) - 20)];
        double sum = logits.Sum(logit => Math.Exp(logit));
        foreach (int token in new[] { 0, 17, 1002, Array.IndexOf(logits, logits.Max()) })
        {
            Assert.Equal(Math.Exp(logits[token]) / sum, TokenProbability.Of(logits, token), 1e-6);
        }
    }

    [Fact]
    public void Of_LargeAndMaskedLogits_StaysFinite()
    {
        Assert.Equal(1f, TokenProbability.Of([900f, float.NegativeInfinity, -900f], 0));
        Assert.Equal(0f, TokenProbability.Of([900f, float.NegativeInfinity, -900f], 1));
    }
}
