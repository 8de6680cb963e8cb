using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Models;

/// <summary><c>models show</c>.</summary>
internal sealed class ModelsShow
{
    private readonly Argument<string> _name = new("NAME");
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ModelsShow().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("show", "tells all about one model", Run)
        {
            ArgumentKind = ValueKind.Model,
            Manual = new Manual
            {
                Arguments = "NAME",
                Description = ["Prints what the manifest of the model NAME (or of the folder with that path) says, and its files."],
                Groups = [_report],
                ExitCodes = ModelsCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_name);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        // the states come along: whoever asks about a model wants to know that it is whole
        ModelVerification verification = ModelsCommand.CatalogOf(context).Verify(context.Call.GetValue(_name)!, ignoreCache: false);
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, JsonOf(verification));
            return ExitCode.Done;
        }

        ModelManifest manifest = verification.Folder.Manifest;
        ReportTable table = new("key", "value");
        table.Add("name", manifest.Name);
        table.Add("kind", manifest.Kind);
        table.Add("licence", manifest.Licence);
        table.Add("origin", manifest.Origin);
        table.Add("notes", manifest.Notes);
        table.Add("languages", string.Join(' ', manifest.Languages));
        table.Add("size", ReportCell.Bytes(manifest.TotalBytes));
        table.Add("path", verification.Folder.Path);
        foreach (ModelFileVerification file in verification.Files)
        {
            string state = ModelsVerify.StateOf(file.State);
            table.Add("file", $"{file.File.Path}  {file.File.Bytes} bytes  sha256 {file.File.Sha256}  {state}");
        }

        table.Write(context.Terminal);
        return ExitCode.Done;
    }

    private static JsonObject JsonOf(ModelVerification verification) => new()
    {
        ["name"] = verification.Folder.Name,
        ["kind"] = verification.Folder.Manifest.Kind,
        ["licence"] = verification.Folder.Manifest.Licence,
        ["origin"] = verification.Folder.Manifest.Origin,
        ["notes"] = verification.Folder.Manifest.Notes,
        ["languages"] = JsonReport.Texts(verification.Folder.Manifest.Languages),
        ["bytes"] = verification.Folder.Manifest.TotalBytes,
        ["path"] = verification.Folder.Path,
        ["files"] = new JsonArray([.. verification.Files.Select(ModelsVerify.JsonOf)]),
    };
}
