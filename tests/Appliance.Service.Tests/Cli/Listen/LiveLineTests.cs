using Appliance.Service.Cli.Listen;

namespace Appliance.Service.Tests.Cli.Listen;

public sealed class LiveLineTests
{
    [Theory]
    [InlineData("one two", " three", 20, "one two", " three")]
    [InlineData("one two", " three", 10, "…two", " three")]
    [InlineData("one two", " three", 6, "…", "three")]
    [InlineData("你好厨房", "开灯", 9, "…厨房", "开灯")]
    [InlineData("", "", 5, "", "")]
    public void Fit_Text_KeepsItsEnd(string committed, string tentative, int width, string shownCommitted, string shownTentative) =>
        Assert.Equal((shownCommitted, shownTentative), LiveLine.Fit(committed, tentative, width));

    [Theory]
    [InlineData(-100, "[green][/][grey]------------[/]")]
    [InlineData(-30, "[green]######[/][grey]------[/]")]
    [InlineData(-5, "[yellow]###########[/][grey]-[/]")]
    [InlineData(0, "[red]############[/][grey][/]")]
    public void Meter_Level_IsABar(float decibels, string expected) => Assert.Equal(expected, LiveLine.Meter(decibels, unicode: false));
}
