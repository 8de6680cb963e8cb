using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Spectre.Console;

namespace Appliance.Service.Cli.Models;

/// <summary><c>models verify</c>.</summary>
internal sealed class ModelsVerify
{
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.ZeroOrMore };
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ModelsVerify().Build();

    /// <summary>The state of a file as one word.</summary>
    internal static string StateOf(ModelFileState state) => state switch
    {
        ModelFileState.Intact => "ok",
        ModelFileState.Missing => "missing",
        ModelFileState.OutsideFolder => "outside",
        ModelFileState.WrongSize => "wrong_size",
        ModelFileState.WrongHash => "wrong_hash",
        _ => "unreadable",
    };

    /// <summary>A file with its state.</summary>
    internal static JsonNode JsonOf(ModelFileVerification file) => new JsonObject
    {
        ["path"] = file.File.Path,
        ["bytes"] = file.File.Bytes,
        ["sha256"] = file.File.Sha256,
        ["state"] = StateOf(file.State),
        ["detail"] = file.Detail,
    };

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("verify", "checks that model files are what their manifests say", Run)
        {
            ArgumentKind = ValueKind.Model,
            Manual = new Manual
            {
                Arguments = "[NAME…]",
                Description = ["Reads every file of the models NAME (without names: of all models) and compares size and SHA-256 with the manifest. Ends with 1 when one differs."],
                Groups = [_report],
                ExitCodes = ModelsCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_names);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        ModelCatalog catalog = ModelsCommand.CatalogOf(context);
        string[] names = context.Call.GetValue(_names) ?? [];
        List<ModelEntry> unreadable = [];
        if (names.Length == 0)
        {
            // by path, so that a model hidden by another of its name is checked as well
            IReadOnlyList<ModelEntry> entries = catalog.List();
            unreadable.AddRange(entries.Where(entry => entry.Manifest is null));
            names = [.. entries.Where(entry => entry.Manifest is not null).Select(entry => entry.Path)];
        }

        List<ModelVerification> results = [];
        foreach (string name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(catalog.Verify(name, ignoreCache: true));
        }

        Report(context, results, unreadable);
        return unreadable.Count == 0 && results.All(result => result.IsIntact) ? ExitCode.Done : ExitCode.Failed;
    }

    private void Report(CallContext context, IReadOnlyList<ModelVerification> results, IReadOnlyList<ModelEntry> unreadable)
    {
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, new JsonArray(
            [
                .. results.Select(JsonOf),
                .. unreadable.Select(entry => new JsonObject { ["name"] = entry.Name, ["path"] = entry.Path, ["intact"] = false, ["problem"] = entry.Problem?.Message }),
            ]));
            return;
        }

        ReportTable table = new("model", "file", "state", "detail");
        foreach (ModelEntry entry in unreadable)
        {
            table.Add(entry.Name, "manifest.json", new ReportCell("unreadable", "unreadable", Color.Red), entry.Problem?.Message ?? "");
        }

        foreach ((string name, ModelFileVerification file) in results.SelectMany(result => result.Files.Select(file => (result.Folder.Name, file))))
        {
            string state = StateOf(file.State);
            table.Add(name, file.File.Path, new ReportCell(state, state, file.State == ModelFileState.Intact ? Color.Green : Color.Red), file.Detail);
        }

        table.Write(context.Terminal);
    }

    private static JsonNode JsonOf(ModelVerification result) => new JsonObject
    {
        ["name"] = result.Folder.Name,
        ["path"] = result.Folder.Path,
        ["intact"] = result.IsIntact,
        ["files"] = new JsonArray([.. result.Files.Select(JsonOf)]),
    };
}
