namespace Appliance.Service.Cli.Output;

/// <summary>One line at the bottom of a terminal that shows how far the work is.</summary>
internal interface IStatusLine
{
    /// <summary>Writes the line where the cursor is.</summary>
    void Draw(Terminal terminal);
}
