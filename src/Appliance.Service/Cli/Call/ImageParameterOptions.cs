using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Call;

/// <summary>How a node draws.</summary>
internal sealed class ImageParameterOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Picture";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Output, Negative, Seed, Steps, Guidance, Width, Height, Scheduler, Model];

    private ValueOption<string?> Output { get; } = OptionFactory.Named("--output", "FILE", ValueKind.Path, "the path of a file that ends in .png", "./appliance-SEED.png", "The file to write.");

    private ValueOption<string?> Negative { get; } = OptionFactory.FreeText("--negative", "TEXT", "nothing", "What is to be kept away from.");

    private ValueOption<int?> Seed { get; } = OptionFactory.OptionalWholeNumber("--seed", 0, int.MaxValue, "a random one", "Seed: the same request with the same seed gives the same picture.");

    private ValueOption<int?> Steps { get; } = OptionFactory.OptionalWholeNumber("--steps", 1, ImageLimits.Steps, "the node's", "Steps.");

    private ValueOption<double?> Guidance { get; } = OptionFactory.OptionalNumber("--guidance", null, 0, ImageLimits.Guidance, "the node's", "How much the prompt counts.");

    private ValueOption<int?> Width { get; } = OptionFactory.OptionalWholeNumber("--width", 1, ImageLimits.Side, "the node's", "Width in pixels.");

    private ValueOption<int?> Height { get; } = OptionFactory.OptionalWholeNumber("--height", 1, ImageLimits.Side, "the node's", "Height in pixels.");

    private ValueOption<string?> Scheduler { get; } = OptionFactory.Choice("--scheduler", ImageChoices.Schedulers, "the node's", "Scheduler.");

    private ValueOption<string?> Model { get; } = OptionFactory.Named("--model", "NAME", ValueKind.Model, "the name of a model", "imaging.model of the node", "Model of the node, by its name.");

    /// <summary>The file to write, or null.</summary>
    public string? OutputOf(ParseResult call) => Output.Of(call);

    /// <summary>The parameters of a request.</summary>
    public JsonObject ParametersOf(ParseResult call)
    {
        JsonObject parameters = [];
        Put("negative_prompt", Negative.Of(call));
        Put("seed", Seed.Of(call));
        Put("steps", Steps.Of(call));
        Put("guidance", Guidance.Of(call));
        Put("width", Width.Of(call));
        Put("height", Height.Of(call));
        Put("scheduler", Scheduler.Of(call));
        Put("model", Model.Of(call));
        return parameters;

        void Put<T>(string name, T value)
        {
            if (value is not null)
            {
                parameters[name] = JsonValue.Create(value);
            }
        }
    }
}
