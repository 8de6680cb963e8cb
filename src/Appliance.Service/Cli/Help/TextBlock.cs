namespace Appliance.Service.Cli.Help;

/// <summary>Writes paragraphs that fit a width.</summary>
internal sealed class TextBlock(TextWriter writer, int width)
{
    private const int TermIndent = 2;
    private const int TextIndent = 8;

    /// <summary>Writes a heading after an empty line.</summary>
    public void Heading(string title)
    {
        writer.WriteLine();
        writer.WriteLine(title.ToUpperInvariant());
    }

    /// <summary>Writes a paragraph.</summary>
    public void Paragraph(string text) => Lines(text, TermIndent);

    /// <summary>Writes a term on a line of its own and its text below it, further in.</summary>
    public void Entry(string term, string text)
    {
        Lines(term, TermIndent);
        Lines(text, TextIndent);
    }

    /// <summary>Writes short terms in a column and their texts beside them.</summary>
    public void Columns(IReadOnlyList<ManualEntry> entries)
    {
        int column = TermIndent + 2 + entries.Max(entry => entry.Term.Length);
        foreach (ManualEntry entry in entries)
        {
            writer.Write((new string(' ', TermIndent) + entry.Term).PadRight(column));
            Lines(entry.Text, column, startsIndented: true);
        }
    }

    private void Lines(string text, int indent, bool startsIndented = false)
    {
        int position = startsIndented ? indent : 0;
        foreach (string word in text.Split(' '))
        {
            if (position > indent && position + 1 + word.Length > width)
            {
                writer.WriteLine();
                position = 0;
            }

            if (position < indent)
            {
                writer.Write(new string(' ', indent - position));
                position = indent;
            }
            else if (position > indent)
            {
                writer.Write(' ');
                position++;
            }

            writer.Write(word);
            position += word.Length;
        }

        writer.WriteLine();
    }
}
