using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Help;

/// <summary>Writes the manual of a command in the form of a man page.</summary>
internal sealed class ManualWriter(TextWriter writer, int width)
{
    private readonly TextBlock _block = new(writer, width);

    /// <summary>Writes the whole page.</summary>
    public void Write(Command command)
    {
        Manual manual = ((IManual)command).Manual;
        string path = PathOf(command);
        writer.WriteLine("NAME");
        _block.Paragraph($"{path} - {command.Description}");
        _block.Heading("Synopsis");
        _block.Paragraph(SynopsisOf(command, path, manual));
        _block.Heading("Description");
        foreach (string paragraph in manual.Description)
        {
            _block.Paragraph(paragraph);
        }

        WriteVerbs(command, path);
        foreach (OptionGroup group in manual.Groups)
        {
            WriteGroup(group);
        }

        WriteGroup(GlobalOptions.Instance);
        WriteReferences(manual);
    }

    /// <summary>A command's name with those of its parents before it.</summary>
    internal static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? PathOf(parent) + " " + command.Name
        : "appliance";

    private static string SynopsisOf(Command command, string path, Manual manual) =>
        path + (command.Subcommands.Count > 0 ? " VERB …" : manual.Groups.Count > 0 ? " [OPTION…]" : "")
        + (manual.Arguments.Length > 0 ? " " + manual.Arguments : "");

    private static string TermOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2).Append(option.Name)
            .Concat(option.Aliases.Where(alias => alias.Length > 2)));
        return option is FlagOption ? names : $"{names} {option.HelpName}";
    }

    private void WriteVerbs(Command command, string path)
    {
        if (command.Subcommands.Count == 0)
        {
            return;
        }

        _block.Heading("Verbs");
        _block.Columns([.. command.Subcommands.Select(verb => new ManualEntry(verb.Name, verb.Description ?? ""))]);
        writer.WriteLine();
        _block.Paragraph($"'{path} VERB --help' tells all about one.");
    }

    private void WriteGroup(OptionGroup group)
    {
        _block.Heading(group.Title);
        foreach (Option option in group.Options)
        {
            string more = option is IOptionManual { Kind: not ValueKind.Flag } or FlagOption { Default: "True" }
                ? $" Default: {((IOptionManual)option).Default}."
                : "";
            _block.Entry(TermOf(option), option.Description + more);
        }
    }

    private void WriteReferences(Manual manual)
    {
        if (manual.Examples.Count > 0)
        {
            _block.Heading("Examples");
            foreach (ManualEntry example in manual.Examples)
            {
                _block.Entry(example.Term, example.Text);
            }
        }

        _block.Heading("Exit status");
        _block.Columns([.. ManualTexts.ExitCodes.Where(code => manual.ExitCodes.Contains(code.Key))
            .Select(code => new ManualEntry(((int)code.Key).ToString(System.Globalization.CultureInfo.InvariantCulture), code.Value))]);
        if (manual.ReadsConfiguration)
        {
            WriteEntries("Files", ManualTexts.Files);
            WriteEntries("Environment", ManualTexts.Environment);
        }
    }

    private void WriteEntries(string title, IReadOnlyList<ManualEntry> entries)
    {
        _block.Heading(title);
        foreach (ManualEntry entry in entries)
        {
            _block.Entry(entry.Term, entry.Text);
        }
    }
}
