using System.CommandLine;
using System.Security.Cryptography;
using Appliance.Imaging;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Imagine;

/// <summary>The verb <c>imagine</c>.</summary>
internal sealed class ImagineCommand
{
    private readonly Argument<string> _prompt = new("PROMPT");
    private readonly ImagineOutputOptions _output = new();
    private readonly ModelOptions _model = new("imaging.model of the configuration, else emoji-diffusion");
    private readonly DrawingOptions _drawing = new();
    private readonly GivenPictureOptions _given = new();
    private readonly PreviewOptions _preview = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ImagineCommand().Build();

    /// <summary>Reads a call.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    internal ImagineRequest RequestOf(ParseResult call, ApplianceSettings settings)
    {
        string? init = _given.Init.Of(call);
        string? mask = _given.Mask.Of(call);
        if (init is null && (mask is not null || call.Names(_given.Strength)))
        {
            throw new CommandException(ExitCode.WrongCall, $"{(mask is null ? "--strength" : "--mask")} needs a picture to start from: give one with --init");
        }

        // torch uses 32 bits of a seed; a short number is easier to type again
        long seed = _drawing.Seed.Of(call) ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        int count = _output.Count.Of(call);
        if (seed > long.MaxValue - count)
        {
            throw new CommandException(ExitCode.WrongCall, $"--seed {seed} has no {count} seeds from there on: choose a smaller one");
        }

        return new()
        {
            Prompt = call.GetValue(_prompt)!,
            NegativePrompt = _drawing.Negative.Of(call),
            Steps = _drawing.Steps.Of(call) ?? settings.Imaging.Steps,
            Guidance = _drawing.Guidance.Of(call) ?? settings.Imaging.Guidance,
            GuidanceRescale = _drawing.GuidanceRescale.Of(call),
            Seed = seed,
            Generator = _drawing.Generator.Of(call) ?? ImageChoices.Generators[0],
            Scheduler = _drawing.Scheduler.Of(call) ?? settings.Imaging.Scheduler,
            Width = _drawing.Width.Of(call) ?? (init is null ? settings.Imaging.Width : null),
            Height = _drawing.Height.Of(call) ?? (init is null ? settings.Imaging.Height : null),
            Decoder = _drawing.Decoder.Of(call) ?? ImageChoices.Decoders[0],
            Init = init,
            Strength = _given.Strength.Of(call),
            Mask = mask,
            Destinations = PictureDestinations.Of(_output.Output.Of(call), seed, count),
            IsChecked = settings.Imaging.SafetyChecker,
            Deadline = _drawing.Deadline.Of(call),
            Preview = _preview.FileOf(call),
            WantsJson = _output.Json.Of(call),
            Model = _model.ModelOf(call, settings.Imaging.Model),
            ModelRoots = settings.Models.Roots,
            Inference = _model.InferenceOf(call, settings.Inference),
            TellProviders = _model.NamesProviders(call),
        };
    }

    internal VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("imagine", "draws a picture of what is described", Run)
        {
            Manual = Manual(),
        }.WithOptions();
        command.Arguments.Add(_prompt);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken) =>
        new ImagineRun(RequestOf(context.Call, context.Settings), context.Terminal, TimeProvider.System).Run(cancellationToken);

    private Manual Manual() => new()
    {
        Arguments = "PROMPT",
        Description =
        [
            "Draws a picture of PROMPT with a diffusion model on this machine and prints the path of its file. The file carries what it was drawn from: 'appliance image info' shows it, 'appliance image verify' draws it again and compares.",
            "The model that comes along draws emoji of 128x128 pixels (780 subjects, colours, counts, backgrounds). Other models in the ONNX layout of diffusers are added with 'appliance models add FOLDER'.",
            "The same call with the same seed, model and execution provider gives the same file. Ctrl-C ends within one step and leaves no file.",
        ],
        Groups = [_output, _model, _drawing, _given, _preview],
        Examples =
        [
            new("appliance imagine \"a red apple on a blue background\"", "writes appliance-SEED.png"),
            new("appliance imagine \"three cats\" --seed 7 --count 4 --output cats/", "four pictures, seeds 7 to 10"),
            new("appliance imagine \"a purple elephant\" --steps 8 --output elephant.webp", "quicker, as WebP"),
            new("appliance imagine \"a lemon\" --init appliance-7.png --strength 0.8", "starts from another picture"),
            new("appliance imagine \"a frog\" --deadline 2s", "the best picture that two seconds allow"),
            new("appliance imagine \"a frog\" --json | jq .timing", "where the time went"),
        ],
        ExitCodes =
        [
            ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.InputUnusable, ExitCode.InputMissing,
            ExitCode.Unavailable, ExitCode.OutputFailed, ExitCode.TryLater, ExitCode.ConfigurationWrong, ExitCode.Interrupted,
        ],
    };
}
