using System.CommandLine;
using Appliance.Imaging.Files;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Where pictures go.</summary>
internal sealed class ImagineOutputOptions : OptionGroup
{
    private const int MostPictures = 1000;

    /// <inheritdoc/>
    public override string Title => "Output";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Output, Count, Json];

    /// <summary>File or folder.</summary>
    public ValueOption<string?> Output { get; } = OptionFactory.Named("--output", "FILE|FOLDER", ValueKind.Path, "the path of a file or folder",
        "./appliance-SEED.png",
        $"Writes to FILE, in the format of its extension ({string.Join(", ", ImageFormats.Extensions)}), or to FOLDER/appliance-SEED.png; FOLDER ends in / unless it is there. "
            + "With --count, FILE gets -SEED before its extension. Nothing half-written ever stands under the final name.",
        "-o");

    /// <summary>How many.</summary>
    public ValueOption<int> Count { get; } = OptionFactory.WholeNumber("--count", 1, 1, MostPictures,
        "Pictures to draw, with seeds one after the other.", "-n");

    /// <summary>Whether a report is wanted instead of paths.</summary>
    public FlagOption Json { get; } = new("--json", false)
    {
        Description = "Prints one JSON document with path, parameters, hash and timing (milliseconds) instead of the path; an array for more than one picture.",
    };
}
