using System.CommandLine;
using System.Globalization;
using Appliance.Imaging;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Imagine;

/// <summary>How the picture is drawn.</summary>
internal sealed class DrawingOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Drawing";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Negative, Steps, Guidance, GuidanceRescale, Seed, Generator, Scheduler, Width, Height, Decoder, Deadline];

    /// <summary>What to keep away from.</summary>
    public ValueOption<string?> Negative { get; } = OptionFactory.FreeText("--negative", "TEXT", "nothing",
        "What the picture should keep away from; needs guidance above 1.", "--negative-prompt");

    /// <summary>Steps of a run.</summary>
    public ValueOption<int?> Steps { get; } = OptionFactory.OptionalWholeNumber("--steps", 1, ImageLimits.Steps, Own("steps"),
        "Steps from noise to picture: more take longer and give more detail, up to a point.");

    /// <summary>Guidance scale.</summary>
    public ValueOption<double?> Guidance { get; } = OptionFactory.OptionalNumber("--guidance", null, 0, ImageLimits.Guidance, Own("guidance"),
        "How much the prompt counts. Up to 1 each step runs the model once instead of twice, and --negative has no effect.", "--guidance-scale");

    /// <summary>Guidance rescale.</summary>
    public ValueOption<double> GuidanceRescale { get; } = OptionFactory.Number("--guidance-rescale", 0, 0, 1,
        "Takes back what high guidance does to contrast, 0 to 1.");

    /// <summary>Seed of the first picture.</summary>
    public ValueOption<long?> Seed { get; } = new("--seed", "N", null, TryParseSeed)
    {
        Description = "Where the noise starts: the same seed and options give the same picture. Each further picture of --count has the next one.",
        Expected = $"a whole number from 0 to {long.MaxValue}",
        Default = "another each time",
    };

    /// <summary>Noise generator.</summary>
    public ValueOption<string?> Generator { get; } = OptionFactory.Choice("--generator", ImageChoices.Generators, ImageChoices.Generators[0],
        "How the seed becomes noise: torch-cpu is that of PyTorch on a processor (of the seed it uses 32 bits), philox is made to be the same on processors and GPUs.");

    /// <summary>Scheduler.</summary>
    public ValueOption<string?> Scheduler { get; } = OptionFactory.Choice("--scheduler", ImageChoices.Schedulers, Own("scheduler"),
        "How the steps are taken.");

    /// <summary>Width.</summary>
    public ValueOption<int?> Width { get; } = OptionFactory.OptionalWholeNumber("--width", 1, ImageLimits.Side, "that of --init, " + Own("width"),
        "Width in pixels; a wrong one is told with the nearest that the model can draw.");

    /// <summary>Height.</summary>
    public ValueOption<int?> Height { get; } = OptionFactory.OptionalWholeNumber("--height", 1, ImageLimits.Side, "that of --init, " + Own("height"),
        "Height in pixels.");

    /// <summary>Decoder.</summary>
    public ValueOption<string?> Decoder { get; } = OptionFactory.Choice("--decoder", ImageChoices.Decoders, ImageChoices.Decoders[0],
        "What makes the pixels: vae is the model's own, tiny the small one that a model may have (folder vae_decoder_tiny): quicker, softer.");

    /// <summary>Deadline.</summary>
    public ValueOption<TimeSpan?> Deadline { get; } = new("--deadline", "TIME", null, TryParseTime)
    {
        Description = "Time from the call to the file, such as 8s, 500ms or 2m: a step and a decoding are measured, then as many steps as fit are taken, at most --steps, and the decoder that suits. What was chosen is told.",
        Expected = "a time such as 8s, 500ms or 2m",
        Default = "none",
    };

    private static string Own(string name) => $"imaging.{name} of the configuration, else the model's own";

    private static bool TryParseTime(string text, out TimeSpan? value)
    {
        (string number, double unit) = text switch
        {
            [.. var start, 'm', 's'] => (start, 0.001),
            [.. var start, 's'] => (start, 1),
            [.. var start, 'm'] => (start, 60),
            _ => (text, 1.0),
        };
        bool isTime = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds * unit is > 0 and <= 86400;
        value = isTime ? TimeSpan.FromSeconds(seconds * unit) : null;
        return isTime;
    }

    private static bool TryParseSeed(string text, out long? value)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        value = isNumber ? number : null;
        return isNumber;
    }
}
