using System.CommandLine;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Options;

/// <summary>Which model runs on what.</summary>
/// <param name="otherwise">Where the name of the model comes from when the call does not say.</param>
internal sealed class ModelOptions(string otherwise) : OptionGroup
{
    /// <summary>Most threads of a graph call.</summary>
    public const int MaximumThreads = 1024;

    /// <inheritdoc/>
    public override string Title => "Model and machine";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Model, Provider, Threads];

    private ValueOption<string?> Model { get; } = OptionFactory.Named("--model", "NAME", ValueKind.Model, "the name of a model",
        otherwise,
        "Model by its name ('appliance models list') or by the path of its folder.");

    private ValueOption<string[]?> Provider { get; } = new("--provider", "LIST", null, KnownNames.TryParseProviders)
    {
        Description = "Execution providers in order of preference; each one passed over is told with its reason.",
        Expected = "names with commas between them out of " + string.Join(", ", KnownNames.Providers),
        Default = "inference.providers of the configuration, else " + string.Join(',', new InferenceSettings().Providers),
        Choices = KnownNames.Providers,
        Kind = ValueKind.Choice,
    };

    private ValueOption<int> Threads { get; } = OptionFactory.WholeNumber("--threads", 0, 0, MaximumThreads,
        "Processor threads of one graph call; 0 is one for each core.");

    /// <summary>The name of the model to load.</summary>
    public string ModelOf(ParseResult call, string setting) => Model.Of(call, setting)!;

    /// <summary>The inference settings with the caller's wishes in place.</summary>
    public InferenceSettings InferenceOf(ParseResult call, InferenceSettings settings) => settings with
    {
        Providers = Provider.Of(call, null) ?? settings.Providers,
        Threads = Threads.Of(call, settings.Threads),
    };

    /// <summary>Whether the caller chose providers and wants to hear of each one passed over.</summary>
    public bool NamesProviders(ParseResult call) => call.Names(Provider);
}
