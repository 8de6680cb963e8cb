using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Tests.Vocabulary;

public class SpeechLanguagesTests
{
    [Fact]
    public void All_AreTheHundredOfTheModelsInOrder()
    {
        Assert.Equal(100, SpeechLanguages.All.Count);
        Assert.Equal("en", SpeechLanguages.All[0].Code);
        Assert.Equal("su", SpeechLanguages.All[98].Code);
        Assert.Equal("yue", SpeechLanguages.All[99].Code);
        Assert.Equal(100, SpeechLanguages.All.Select(language => language.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("DE", "de")]
    [InlineData("German", "de")]
    [InlineData(" german ", "de")]
    [InlineData("Haitian Creole", "ht")]
    [InlineData("haitian", "ht")]
    [InlineData("Burmese", "my")]
    [InlineData("MANDARIN", "zh")]
    [InlineData("moldovan", "ro")]
    [InlineData("haw", "haw")]
    public void TryParse_OfACodeNameOrAlias_FindsTheCode(string text, string expected)
    {
        Assert.True(SpeechLanguages.TryParse(text, out string? code));
        Assert.Equal(expected, code);
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_OfAnythingElse_Fails(string? text) => Assert.False(SpeechLanguages.TryParse(text, out _));

    [Fact]
    public void Aliases_AllPointToALanguage()
    {
        Assert.Equal(12, SpeechLanguages.Aliases.Count);
        Assert.All(SpeechLanguages.Aliases, alias => Assert.NotNull(SpeechLanguages.NameOf(alias.Value)));
        Assert.Null(SpeechLanguages.NameOf("xx"));
    }
}
