using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Imagine;

/// <summary>The pictures that a picture was drawn from.</summary>
internal sealed class VerifyOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Pictures it was drawn from";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Init, Mask];

    /// <summary>The picture.</summary>
    public ValueOption<string?> Init { get; } = OptionFactory.Named("--init", "FILE", ValueKind.Path, "the path of a picture", "none",
        "The picture that FILE was started from; its hash is compared first.");

    /// <summary>The mask.</summary>
    public ValueOption<string?> Mask { get; } = OptionFactory.Named("--mask", "FILE", ValueKind.Path, "the path of a picture", "none",
        "The mask that was used; its hash is compared first.");
}
