using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Tests.Recognition;

namespace Appliance.Speech.Tests.Streaming;

public sealed class LiveLanguageTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    [Fact]
    public void Candidates_SureLanguage_IsTheOnlyOne() =>
        Assert.Equal(["de"], Language().Candidates(Probabilities(("de", 0.8f), ("en", 0.15f)), 1));

    [Fact]
    public void Candidates_DoubtfulLanguage_AreThoseWorthTrying_TheLikeliestFirst() =>
        Assert.Equal(["pt", "en"], Language().Candidates(Probabilities(("en", 0.3f), ("pt", 0.4f), ("es", 0.05f)), 5));

    [Fact]
    public void Candidates_ShortAndDoubtful_BeginWithTheLanguageOfTheLastText()
    {
        LiveLanguage language = Language();
        language.Last = "en";
        Assert.Equal(["de", "en", "nl"], language.Candidates(Probabilities(("de", 0.4f), ("nl", 0.41f)), 1).Order(StringComparer.Ordinal));
        Assert.Equal("en", language.Candidates(Probabilities(("de", 0.4f), ("nl", 0.41f)), 1)[0]);
        Assert.Equal("nl", language.Candidates(Probabilities(("de", 0.4f), ("nl", 0.41f)), 5)[0]);
    }

    [Fact]
    public void Candidates_AllowedLanguages_AreNeverLeft()
    {
        LiveLanguage language = Language("de", "fr");
        language.Last = "en";
        Assert.Equal(["fr"], language.Candidates(Probabilities(("en", 0.6f), ("fr", 0.2f), ("de", 0.02f)), 5));
    }

    [Fact]
    public void Choose_LanguageGiven_IsFixed()
    {
        Assert.Equal("ko", new LiveLanguage(embedded.Model, new LiveRecognitionOptions { Language = "ko" }).Fixed);
        Assert.Null(Language().Fixed);
    }

    private LiveLanguage Language(params string[] allowed) => new(embedded.Model, new LiveRecognitionOptions { Languages = allowed });

    private float[] Probabilities(params (string Code, float Probability)[] known)
    {
        float[] probabilities = new float[embedded.Model.Languages.Count];
        foreach ((string code, float probability) in known)
        {
            probabilities[embedded.Model.Languages.ToList().IndexOf(code)] = probability;
        }

        return probabilities;
    }
}
