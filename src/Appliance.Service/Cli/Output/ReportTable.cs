using Spectre.Console;

namespace Appliance.Service.Cli.Output;

/// <summary>Rows under headings: a drawn table for people, fields with tabs between them for programs.</summary>
internal sealed class ReportTable(params string[] headings)
{
    private const int LongestName = 20;

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
        for (int i = 0; i < headings.Length; i++)
        {
            TableColumn column = new(new Text(headings[i], new Style(decoration: Decoration.Bold)));

            // names stay whole; sentences and paths take the lines that they need
            column.NoWrap = _rows.All(row => row[i].Shown.Length <= LongestName);
            table.AddColumn(column);
        }

        foreach (ReportCell[] row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(OneLine.Of(cell.Shown), new Style(cell.Colour))));
        }

        console.Write(table);
    }
}
