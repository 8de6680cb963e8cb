namespace Appliance.Service.Cli.Output;

/// <summary>Makes text safe for one line of a terminal: names of files may hold line ends and escape sequences.</summary>
internal static class OneLine
{
    /// <summary>The text with each control character replaced by a question mark, line ends by spaces.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = source[i] is '\n' or '\r' or '\t' ? ' ' : char.IsControl(source[i]) ? '?' : source[i];
        }
    });
}
