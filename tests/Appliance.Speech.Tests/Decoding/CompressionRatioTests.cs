using Appliance.Speech.Recognition.Decoding;

namespace Appliance.Speech.Tests.Decoding;

public sealed class CompressionRatioTests
{
    /// <summary>Ratios as CPython 3.11 and zlib 1.2.13 give them: len(text.encode()) / len(zlib.compress(text.encode())).</summary>
    [Theory]
    [InlineData("And so my fellow Americans, ask not what your country can do for you, ask what you can do for your country.", 1.3544)]
    [InlineData("He turned sharply and faced Gregson across the table.", 0.8983)]
    [InlineData("no no no no no no no no no no no no no no no no no no no no", 4.2143)]
    [InlineData("ää öö üü", 0.6087)]
    public void Of_Text_IsCloseToZlib(string text, double expected) => Assert.Equal(expected, CompressionRatio.Of(text), 0.06);

    [Fact]
    public void Of_Nothing_IsZero() => Assert.Equal(0, CompressionRatio.Of(""));
}
