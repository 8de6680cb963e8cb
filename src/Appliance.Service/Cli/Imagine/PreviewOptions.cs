using System.CommandLine;
using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Previews while a picture is drawn.</summary>
internal sealed class PreviewOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Previews";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Preview, Every, UsesDecoder];

    private ValueOption<string?> Preview { get; } = OptionFactory.Named("--preview", "FILE", ValueKind.Path, "the path of a picture file", "none",
        "Writes how far the picture is to FILE while it is drawn, for a viewer that follows it. FILE goes when the picture is there.");

    private ValueOption<int> Every { get; } = OptionFactory.WholeNumber("--preview-every", 1, 1, ImageLimits.Steps,
        "Steps from one preview to the next.");

    private FlagOption UsesDecoder { get; } = new("--preview-decoder", false)
    {
        Description = "Decodes previews as the picture will be, which takes its time; else they are rough and cost next to nothing.",
    };

    /// <summary>What the caller wants; null for no previews.</summary>
    /// <exception cref="CommandException">The name is none of a picture.</exception>
    public PreviewFile? FileOf(ParseResult call)
    {
        if (Preview.Of(call) is not { } path)
        {
            return null;
        }

        return ImageFormats.IsKnown(path)
            ? new PreviewFile(path, Every.Of(call), UsesDecoder.Of(call))
            : throw new CommandException(ExitCode.WrongCall, $"--preview {path}: the extension must be one of {string.Join(", ", ImageFormats.Extensions)}");
    }
}
