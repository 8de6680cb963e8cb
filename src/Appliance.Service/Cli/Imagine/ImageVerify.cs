using System.CommandLine;
using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Imagine;

/// <summary><c>image verify</c>.</summary>
internal sealed class ImageVerify
{
    private readonly Argument<string> _file = new("FILE");
    private readonly ModelOptions _model = new("the one that FILE names");
    private readonly VerifyOptions _given = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ImageVerify().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("verify", "draws a picture again and compares", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = new Manual
            {
                Arguments = "FILE",
                Description =
                [
                    "Draws FILE again from its metadata and compares the pixels: exit status 0 when they are the same, 1 when they are not. In formats without loss the pixels in the file are compared as well, so that a picture that was edited is found out.",
                    "The threads of the first drawing are used again. Another kind of processor, execution provider or version of ONNX Runtime may round otherwise: a difference then does not mean that the picture was changed.",
                ],
                Groups = [_model, _given],
                ExitCodes = ImageCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_file);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        ParseResult call = context.Call;
        PictureFile file = PictureFile.Read(call.GetValue(_file)!);
        ImageParameters parameters = ImageInfo.ParametersOf(file, out bool isLossless);
        if (file.Use(PictureReader.SizeOf) != (parameters.Width, parameters.Height))
        {
            context.Terminal.WriteError($"{file.Path}: the picture has not the size that its metadata say: the file was edited after it was written");
            return ExitCode.Failed;
        }

        VerifyRequest request = new()
        {
            Model = _model.ModelOf(call, parameters.Model),
            ModelRoots = context.Settings.Models.Roots,
            Inference = _model.InferenceOf(call, context.Settings.Inference with { Threads = parameters.Threads is > 0 and <= ModelOptions.MaximumThreads and int threads ? threads : context.Settings.Inference.Threads }),
            TellProviders = _model.NamesProviders(call),
        };
        PictureFile? init = Given(_given.Init.Of(call), parameters.InitSha256, "--init", file);
        PictureFile? mask = Given(_given.Mask.Of(call), parameters.MaskSha256, "--mask", file);
        if (isLossless && ImageParameters.HashOf(file.Use(bytes => PictureReader.Read(bytes, parameters.Width, parameters.Height))) != parameters.PixelsSha256)
        {
            context.Terminal.WriteError($"{file.Path}: the pixels are not those that were drawn: the file was edited after it was written");
            return ExitCode.Failed;
        }

        return Draw(context.Terminal, file, request, parameters, init, mask, context.Settings.Imaging.SafetyChecker, cancellationToken);
    }

    private static ExitCode Draw(Terminal terminal, PictureFile file, VerifyRequest request, ImageParameters parameters, PictureFile? init, PictureFile? mask, bool isChecked, CancellationToken cancellationToken)
    {
        using LocalModels models = new(request, terminal);
        ModelFolder folder = models.FindDiffusion(request.Model);
        if (folder.Manifest.Sha256 != parameters.ModelSha256)
        {
            terminal.WriteError($"{file.Path}: it was drawn with another version of the model \"{parameters.Model}\" (SHA-256 {parameters.ModelSha256}) than is here: give that one with --model");
            return ExitCode.Failed;
        }

        DiffusionModel model = models.LoadDiffusion(folder);
        ImageRequest again = parameters.ToRequest(init?.Use(bytes => PictureReader.Read(bytes, parameters.Width, parameters.Height)), mask?.Use(PictureReader.ReadMask));
        DrawnImage drawn = new ImagePipeline(model).Draw(again with { IsChecked = isChecked }, progress: null, cancellationToken);
        if (ImageParameters.HashOf(drawn.Image) == parameters.PixelsSha256)
        {
            terminal.WriteResult($"{file.Path}: same");
            return ExitCode.Done;
        }

        string provider = models.Provider == parameters.Provider ? "" : $", drawn on {parameters.Provider} and compared on {models.Provider}";
        string difference = Difference(file.Use(bytes => PictureReader.Read(bytes, parameters.Width, parameters.Height)), drawn.Image);
        terminal.WriteError($"{file.Path}: the picture drawn again differs ({difference}{provider}): one level in a few bytes comes of another kind of processor, execution provider or version; more of another model or program");
        return ExitCode.Failed;
    }

    private static string Difference(RgbImage first, RgbImage second)
    {
        int[] levels = [.. first.Pixels.Zip(second.Pixels, (a, b) => Math.Abs(a - b)).Where(level => level > 0)];
        return $"{levels.Length} of {first.Pixels.Length} bytes, by {levels.DefaultIfEmpty().Max()} levels at most";
    }

    private static PictureFile? Given(string? path, string? sha256, string option, PictureFile file)
    {
        if (sha256 is null)
        {
            return path is null ? null : throw new CommandException(ExitCode.WrongCall, $"{option} {path}: {file.Path} was drawn without: leave it out");
        }

        if (path is null)
        {
            throw new CommandException(ExitCode.WrongCall, $"{file.Path} was drawn from another picture: give that one with {option} (SHA-256 {sha256})");
        }

        PictureFile given = PictureFile.Read(path);
        return given.Sha256 == sha256
            ? given
            : throw new CommandException(ExitCode.WrongCall, $"{option} {path} is not the picture that {file.Path} was drawn from: give the one with SHA-256 {sha256}");
    }
}
