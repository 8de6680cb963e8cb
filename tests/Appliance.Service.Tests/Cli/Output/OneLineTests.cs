using Appliance.Service.Cli.Output;

namespace Appliance.Service.Tests.Cli.Output;

public sealed class OneLineTests
{
    [Fact]
    public void Of_ControlCharacters_AreTakenOut() => Assert.Equal("a b?[31mc d", OneLine.Of("a\nb\u001b[31mc\td"));
}
