using Appliance.Imaging.Files;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Names the files of pictures before any work.</summary>
internal static class PictureDestinations
{
    /// <param name="output">What the caller named; null for the current folder.</param>
    /// <param name="seed">Seed of the first picture.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="CommandException">The name is none of a picture.</exception>
    public static IReadOnlyList<string> Of(string? output, long seed, int count)
    {
        long[] seeds = [.. Enumerable.Range(0, count).Select(i => seed + i)];
        if (output is null || output.EndsWith('/') || Directory.Exists(output))
        {
            return [.. seeds.Select(each => Path.Combine(output ?? "", $"appliance-{each}.png"))];
        }

        if (!ImageFormats.IsKnown(output))
        {
            throw new CommandException(ExitCode.WrongCall, $"--output {output}: the extension must be one of {string.Join(", ", ImageFormats.Extensions)}, or the name of a folder must end in /");
        }

        string stem = Path.Combine(Path.GetDirectoryName(output) ?? "", Path.GetFileNameWithoutExtension(output));
        return count == 1 ? [output] : [.. seeds.Select(each => $"{stem}-{each}{Path.GetExtension(output)}")];
    }
}
