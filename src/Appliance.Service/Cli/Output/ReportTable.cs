using Spectre.Console;

namespace Appliance.Service.Cli.Output;

/// <summary>Rows under headings: a drawn table for people, fields with tabs between them for programs.</summary>
internal sealed class ReportTable(params string[] headings)
{
    private readonly List<ReportCell[]> _rows = [];

    /// <summary>Adds a row with one cell for each heading.</summary>
    public void Add(params ReportCell[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, headings.Length);
        _rows.Add(cells);
    }

    /// <summary>Writes all rows.</summary>
    public void Write(Terminal terminal)
    {
        if (terminal.OutputIsTerminal)
        {
            Draw(terminal.OutConsole);
            return;
        }

        foreach (ReportCell[] row in _rows)
        {
            terminal.Out.WriteLine(string.Join('\t', row.Select(cell => OneLine.Of(cell.Exact))));
        }
    }

    private void Draw(IAnsiConsole console)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        }

        foreach (ReportCell[] row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(OneLine.Of(cell.Shown), new Style(cell.Colour))));
        }

        console.Write(table);
    }
}
