using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Imagine;

/// <summary>A picture to start from.</summary>
internal sealed class GivenPictureOptions : OptionGroup
{
    /// <summary>Strength of a call that names none.</summary>
    public const double DefaultStrength = 0.8;

    /// <inheritdoc/>
    public override string Title => "Starting from a picture";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Init, Strength, Mask];

    /// <summary>The picture.</summary>
    public ValueOption<string?> Init { get; } = OptionFactory.Named("--init", "FILE", ValueKind.Path, "the path of a picture",
        "none",
        "A PNG, JPEG or WebP file to start from; it is scaled to the size that is drawn.");

    /// <summary>How much of it is changed.</summary>
    public ValueOption<double> Strength { get; } = OptionFactory.Number("--strength", DefaultStrength, 0, 1,
        "How much of the run is used on --init: near 0 keeps it, 1 leaves little of it.");

    /// <summary>Which parts of it are changed.</summary>
    public ValueOption<string?> Mask { get; } = OptionFactory.Named("--mask", "FILE", ValueKind.Path, "the path of a picture",
        "all of it is drawn anew",
        "A picture of the size that is drawn: white parts of --init are drawn anew, black parts stay.");
}
