using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Service.Health.Doctor;
using Spectre.Console;

namespace Appliance.Service.Cli.Doctor;

/// <summary>The verb <c>doctor</c>.</summary>
internal sealed class DoctorCommand
{
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new DoctorCommand().Build();

    private VerbCommand Build() => new VerbCommand("doctor", "finds out what is missing and how to get it", Run)
    {
        Manual = new Manual
        {
            Description =
            [
                "Looks at the configuration, the processor, memory, the native library, ONNX Runtime and its execution providers, every model, and optional programs. Each line is ok, warn or fail, with the exact fix.",
            ],
            Groups = [_report],
            Examples = [new("appliance doctor --json | jq '.checks[] | select(.state != \"ok\")'", "prints only what is amiss")],
            ExitCodes = [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.Interrupted],
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        using DoctorContext examined = ContextOf(context);
        DoctorReport report = DoctorReport.Of(DoctorChecks.All, examined, cancellationToken);
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, JsonOf(report));
        }
        else
        {
            Print(report, context.Terminal);
        }

        return report.IsHealthy ? ExitCode.Done : ExitCode.Failed;
    }

    private static DoctorContext ContextOf(CallContext context)
    {
        try
        {
            return new DoctorContext(context.Settings, []);
        }
        catch (ConfigurationException fault)
        {
            return new DoctorContext(new ApplianceSettings(), fault.Problems);
        }
    }

    private static string WordOf(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Warning => "warn",
        _ => "fail",
    };

    private static Color ColourOf(FindingState state) => state switch
    {
        FindingState.Ok => Color.Green,
        FindingState.Warning => Color.Yellow,
        _ => Color.Red,
    };

    private static void Print(DoctorReport report, Terminal terminal)
    {
        ReportTable table = new("state", "check", "found", "fix");
        foreach ((string check, Finding finding) in report.Findings)
        {
            string word = WordOf(finding.State);
            table.Add(new ReportCell(word, word, ColourOf(finding.State)), check, finding.Text, finding.Fix);
        }

        table.Write(terminal);
    }

    private static JsonObject JsonOf(DoctorReport report) => new()
    {
        ["ok"] = report.IsHealthy,
        ["checks"] = new JsonArray([.. report.Findings.Select(item => new JsonObject
        {
            ["check"] = item.Check,
            ["state"] = WordOf(item.Finding.State),
            ["text"] = item.Finding.Text,
            ["fix"] = item.Finding.Fix,
        })]),
    };
}
