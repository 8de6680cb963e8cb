using Appliance.Service.Configuration;
using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Where the transcript of each input goes, decided before any work.</summary>
internal sealed record OutputPlan
{
    /// <summary>Name of the format.</summary>
    public required string Format { get; init; }

    /// <summary>How cues are laid out.</summary>
    public required SubtitleOptions Layout { get; init; }

    /// <summary>The folder that the files go to, or null.</summary>
    public string? Folder { get; private init; }

    /// <summary>For each input in order its file, or null for standard output.</summary>
    public required IReadOnlyList<string?> Destinations { get; init; }

    /// <summary>Decides for these inputs; nothing is written yet.</summary>
    /// <exception cref="CommandException">The wish can't be met.</exception>
    public static OutputPlan Of(IReadOnlyList<string> inputs, OutputWish wish)
    {
        if (wish.Path is null)
        {
            return ToStandardOutput(inputs, wish);
        }

        bool isFolder = wish.IsFolder || inputs.Count > 1 || wish.Path.EndsWith('/') || Directory.Exists(wish.Path);
        if (isFolder && File.Exists(wish.Path))
        {
            throw new CommandException(ExitCode.WrongCall, $"--output {wish.Path} is a file: name a folder for {inputs.Count} inputs");
        }

        string format = wish.Format ?? (isFolder ? null : FormatOfExtension(wish.Path)) ?? "txt";
        OutputPlan plan = new()
        {
            Format = format,
            Layout = wish.Layout,
            Folder = isFolder ? wish.Path : null,
            Destinations = [.. inputs.Select(input => isFolder ? Path.Combine(wish.Path, StemOf(input) + "." + format) : wish.Path)],
        };
        plan.RejectClashes(inputs);
        return plan;
    }

    private static OutputPlan ToStandardOutput(IReadOnlyList<string> inputs, OutputWish wish)
    {
        string format = wish.Format ?? "txt";
        return inputs.Count == 1 || format is "txt" or "json"
            ? new() { Format = format, Layout = wish.Layout, Destinations = [.. inputs.Select(_ => (string?)null)] }
            : throw new CommandException(ExitCode.WrongCall, $"{format} of several inputs can't go to one stream: add --output FOLDER");
    }

    private static string? FormatOfExtension(string path) =>
        KnownNames.Formats.FirstOrDefault(format => Path.GetExtension(path).Equals("." + format, StringComparison.OrdinalIgnoreCase));

    private static string StemOf(string input) => input == InputFile.StandardInput ? "stdin" : Path.GetFileNameWithoutExtension(input);

    private void RejectClashes(IReadOnlyList<string> inputs)
    {
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        HashSet<string> sources = [.. inputs.Where(input => input != InputFile.StandardInput).Select(Path.GetFullPath)];
        for (int i = 0; i < inputs.Count; i++)
        {
            string destination = Path.GetFullPath(Destinations[i]!);
            if (!taken.TryAdd(destination, inputs[i]))
            {
                throw new CommandException(ExitCode.WrongCall,
                    $"{taken[destination]} and {inputs[i]} would both be written to {Destinations[i]}: rename one or transcribe them apart");
            }

            if (sources.Contains(destination))
            {
                throw new CommandException(ExitCode.WrongCall, $"the transcript would overwrite the input {Destinations[i]}: name another --output");
            }
        }
    }
}
