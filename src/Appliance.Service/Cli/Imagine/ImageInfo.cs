using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Imaging.Files;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Imagine;

/// <summary><c>image info</c>.</summary>
internal sealed class ImageInfo
{
    private readonly Argument<string> _file = new("FILE");
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ImageInfo().Build();

    /// <summary>Reads what a picture was drawn from.</summary>
    /// <exception cref="CommandException">The file can't be read or says nothing.</exception>
    internal static ImageParameters ParametersOf(PictureFile file, out bool isLossless)
    {
        (ImageParameters? Parameters, bool IsLossless) read = file.Use(bytes =>
        {
            _ = ImageFormats.TryReadParameters(bytes, out ImageParameters? parameters, out bool lossless);
            return (parameters, lossless);
        });
        isLossless = read.IsLossless;
        return read.Parameters ?? throw new CommandException(ExitCode.InputUnusable, $"{file.Path}: the file does not say how it was drawn: only pictures of 'appliance imagine' do, as long as no program took it out");
    }

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("info", "tells what a picture was drawn from", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = new Manual
            {
                Arguments = "FILE",
                Description = ["Prints the prompt, seed, model and all else that FILE was drawn from, as its metadata say."],
                Groups = [_report],
                ExitCodes = ImageCommand.ExitCodes,
                ReadsConfiguration = false,
            },
        }.WithOptions();
        command.Arguments.Add(_file);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        PictureFile file = PictureFile.Read(context.Call.GetValue(_file)!);
        JsonObject parameters = JsonNode.Parse(ParametersOf(file, out _).ToJson())!.AsObject();
        parameters["sha256"] = file.Sha256;
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, parameters);
            return ExitCode.Done;
        }

        ReportTable table = new("key", "value");
        foreach ((string name, JsonNode? value) in parameters)
        {
            table.Add(name, value?.ToString() ?? "");
        }

        table.Write(context.Terminal);
        return ExitCode.Done;
    }
}
