using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Service.Configuration;

namespace Appliance.Service.Jobs.Work;

/// <summary>Text to image.</summary>
internal sealed class GenerateKind : IJobKind
{
    /// <inheritdoc/>
    public string Name => "generate";

    /// <inheritdoc/>
    public bool TakesAudio => false;

    /// <inheritdoc/>
    public void Complete(JsonObject parameters, ApplianceSettings settings)
    {
        JobParameters given = new(parameters);
        if (string.IsNullOrWhiteSpace(given.Text("prompt")))
        {
            throw new JobException(ErrorCode.BadRequest, "params.prompt: must say what is to be drawn");
        }

        ImagingSettings imaging = settings.Imaging;
        parameters["model"] = given.Model("model") ?? imaging.Model;

        // a job that is run again after a restart must give the same picture
        parameters["seed"] = given.Whole("seed", 0, long.MaxValue) ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        Default(parameters, "steps", imaging.Steps);
        Default(parameters, "guidance", imaging.Guidance);
        Default(parameters, "scheduler", imaging.Scheduler);
        Default(parameters, "width", imaging.Width);
        Default(parameters, "height", imaging.Height);
        _ = WishOf(parameters, settings);
    }

    /// <inheritdoc/>
    public IJobWork Create(JsonObject parameters, JobAudio? audio, ApplianceSettings settings) => new GenerateWork(WishOf(parameters, settings));

    private static void Default<T>(JsonObject parameters, string name, T value)
    {
        if (value is not null && parameters[name] is null)
        {
            parameters[name] = JsonValue.Create(value);
        }
    }

    private static ImageWish WishOf(JsonObject parameters, ApplianceSettings settings)
    {
        JobParameters given = new(parameters);
        return new ImageWish
        {
            Model = given.Text("model")!,
            Prompt = given.Text("prompt", ImageLimits.PromptLength)!,
            NegativePrompt = given.Text("negative_prompt", ImageLimits.PromptLength),
            Seed = given.Whole("seed", 0, long.MaxValue) ?? 0,
            Generator = given.Choice("generator", ImageChoices.Generators) ?? ImageChoices.Generators[0],
            Scheduler = given.Choice("scheduler", ImageChoices.Schedulers),
            Steps = (int?)given.Whole("steps", 1, ImageLimits.Steps),
            Guidance = given.Number("guidance", 0, ImageLimits.Guidance),
            GuidanceRescale = given.Number("guidance_rescale", 0, 1) ?? 0,
            Width = (int?)given.Whole("width", 1, ImageLimits.Side),
            Height = (int?)given.Whole("height", 1, ImageLimits.Side),
            Decoder = given.Choice("decoder", ImageChoices.Decoders) ?? ImageChoices.Decoders[0],
            IsChecked = settings.Imaging.SafetyChecker,
            DeliversFile = given.Choice("deliver", ["mqtt", "url"]) == "mqtt",
        };
    }
}
