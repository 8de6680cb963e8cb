using System.CommandLine;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Models;

/// <summary><c>models add</c>.</summary>
internal sealed class ModelsAdd
{
    private readonly Argument<string> _path = new("PATH");
    private readonly ModelsAddOptions _options = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ModelsAdd().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("add", "brings a model folder into the catalogue", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = new Manual
            {
                Arguments = "PATH",
                Description =
                [
                    "Copies (or hard-links) the model folder PATH into the first model root that can be written, and writes the manifest there; PATH itself stays as it is.",
                    "PATH is a folder with a manifest.json, a Hugging Face ONNX export of Whisper (config.json, tokenizer.json and onnx/*.onnx; safetensors folders are converted first, with scripts/convert-whisper of the source tree), or a text-to-image model in the ONNX layout of diffusers or optimum (tokenizer, text_encoder, unet, vae_decoder, scheduler).",
                ],
                Groups = [_options],
                Examples = [new("appliance models add ~/whisper-small", "then: appliance transcribe --model whisper-small FILE")],
                ExitCodes = ModelsCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_path);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        ModelFolder added = ModelsCommand.CatalogOf(context).Add(context.Call.GetValue(_path)!, _options.NameOf(context.Call));
        ReportTable table = new("name", "size", "path");
        table.Add(added.Name, ReportCell.Bytes(added.Manifest.TotalBytes), added.Path);
        table.Write(context.Terminal);
        return ExitCode.Done;
    }
}
