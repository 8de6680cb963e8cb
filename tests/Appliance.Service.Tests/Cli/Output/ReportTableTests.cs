using Appliance.Service.Cli.Output;

namespace Appliance.Service.Tests.Cli.Output;

public sealed class ReportTableTests
{
    [Fact]
    public void Write_NoTerminal_PutsTabsBetweenExactFields()
    {
        using StringWriter output = new();
        ReportTable table = new("name", "size");
        table.Add("a\tb", ReportCell.Bytes(1_200_000));

        table.Write(new Terminal(output, TextWriter.Null, outputIsTerminal: false, errorIsTerminal: false, colour: false));

        Assert.Equal("a b\t1200000\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Write_Terminal_DrawsHeadings()
    {
        using StringWriter output = new();
        ReportTable table = new("name", "size");
        table.Add("a", ReportCell.Bytes(1_200_000));

        table.Write(new Terminal(output, TextWriter.Null, outputIsTerminal: true, errorIsTerminal: false, colour: false));

        Assert.Contains("name", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1.2 MB", output.ToString(), StringComparison.Ordinal);
    }
}
