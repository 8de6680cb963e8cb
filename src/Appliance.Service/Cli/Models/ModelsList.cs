using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Spectre.Console;

namespace Appliance.Service.Cli.Models;

/// <summary><c>models list</c>.</summary>
internal sealed class ModelsList
{
    private const int WidthForPaths = 120;

    private static readonly string[] Headings = ["name", "kind", "size", "languages", "licence", "state", "path"];

    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ModelsList().Build();

    private VerbCommand Build() => new VerbCommand("list", "lists the models on this machine", Run)
    {
        Manual = new Manual
        {
            Description =
            [
                "Lists every model folder below the model roots: name, kind, size, languages, licence, state, path. The state is ok, or what is wrong; hashes are checked by 'appliance models verify'.",
            ],
            Groups = [_report],
            Examples = [new("appliance models list | cut -f1", "prints just the names")],
            ExitCodes = ModelsCommand.ExitCodes,
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        ModelCatalog catalog = ModelsCommand.CatalogOf(context);
        IReadOnlyList<ModelEntry> entries = catalog.List();
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, new JsonArray([.. entries.Select(JsonOf)]));
            return ExitCode.Done;
        }

        if (entries.Count == 0)
        {
            context.Terminal.WriteWarning(
                $"no models in {string.Join(", ", catalog.Roots)}: bring one with 'appliance models add PATH'");
        }

        // on a narrow terminal the path would be a tower of letters; 'models show' tells it
        Terminal terminal = context.Terminal;
        int columns = terminal.OutputIsTerminal && terminal.OutConsole.Profile.Width < WidthForPaths ? Headings.Length - 1 : Headings.Length;
        ReportTable table = new(Headings[..columns]);
        foreach (ModelEntry entry in entries)
        {
            table.Add(RowOf(entry)[..columns]);
        }

        table.Write(context.Terminal);
        return ExitCode.Done;
    }

    private static string StateOf(ModelEntry entry) =>
        entry.Problem?.Message ?? (entry.HiddenBy is { } other ? $"hidden by {other}" : "ok");

    private static ReportCell[] RowOf(ModelEntry entry) =>
    [
        entry.Name,
        entry.Manifest?.Kind ?? "",
        entry.Manifest is { } manifest ? ReportCell.Bytes(manifest.TotalBytes) : "",
        LanguagesOf(entry.Manifest),
        entry.Manifest?.Licence ?? "",
        new(StateOf(entry), StateOf(entry), entry.Problem is null ? Color.Green : Color.Red),
        entry.Path,
    ];

    private static ReportCell LanguagesOf(ModelManifest? manifest) => manifest?.Languages switch
    {
        null or [] => "",
        [var one] => one,
        { Count: var count } languages => new ReportCell(count.ToString(System.Globalization.CultureInfo.InvariantCulture), string.Join(",", languages)),
    };

    private static JsonObject JsonOf(ModelEntry entry) => new()
    {
        ["name"] = entry.Name,
        ["kind"] = entry.Manifest?.Kind,
        ["bytes"] = entry.Manifest?.TotalBytes,
        ["languages"] = entry.Manifest is { } manifest ? JsonReport.Texts(manifest.Languages) : null,
        ["licence"] = entry.Manifest?.Licence,
        ["path"] = entry.Path,
        ["root"] = entry.Root,
        ["hidden_by"] = entry.HiddenBy,
        ["problem"] = entry.Problem?.Message,
    };
}
