using Appliance.Service.Configuration;

namespace Appliance.Service.Tests.Configuration;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["beamSize", "language", "languages", "model"];

    [Theory]
    [InlineData("beemsize", "beamSize")]
    [InlineData("langauge", "language")]
    [InlineData("MODEL", "model")]
    public void Find_Mistyped_GivesTheNearest(string typed, string expected) => Assert.Equal(expected, NearestName.Find(typed, Known));

    [Fact]
    public void Find_NothingAlike_GivesNull() => Assert.Null(NearestName.Find("zzzzzzzzzzzz", Known));

    [Fact]
    public void Find_NothingKnown_GivesNull() => Assert.Null(NearestName.Find("x", []));
}
