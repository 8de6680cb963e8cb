using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Health.SelfTests;
using Spectre.Console;

namespace Appliance.Service.Cli.SelfTest;

/// <summary>The verb <c>selftest</c>.</summary>
internal sealed class SelfTestCommand
{
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new SelfTestCommand().Build();

    private VerbCommand Build() => new VerbCommand("selftest", "checks on this machine that results are the right ones", Run)
    {
        Manual = new Manual
        {
            Description =
            [
                "Computes known results again on this board: audio decoding, log-mel with every kind of vector code that the processor has, tokens, timestamp rules, time warping, voice activity, a whole transcription with whisper-base, token by token, and a prompt, noise and a picture with emoji-diffusion. Each line is pass or fail with its time.",
                "Nothing is written, and no time limit applies: it also runs under an emulator.",
            ],
            Groups = [_report],
            ExitCodes = [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.ConfigurationWrong, ExitCode.Interrupted],
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        using SelfTestContext tested = new(context.Settings);
        List<SelfTestResult> results = [];
        foreach (ISelfTest test in SelfTestList.Create())
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Terminal.WriteDetail($"{test.Name} …");
            results.Add(SelfTestResult.Of(test, tested, TimeProvider.System, cancellationToken));
        }

        bool passed = results.TrueForAll(result => result.Outcome.Passed);
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, JsonOf(results, passed));
        }
        else
        {
            Print(results, context.Terminal);
        }

        return passed ? ExitCode.Done : ExitCode.Failed;
    }

    private static string WordOf(SelfTestResult result) => result.Outcome.Passed ? "pass" : "fail";

    private static void Print(List<SelfTestResult> results, Terminal terminal)
    {
        ReportTable table = new("result", "test", "time", "detail");
        foreach (SelfTestResult result in results)
        {
            Color colour = result.Outcome.Passed ? Color.Green : Color.Red;
            table.Add(new ReportCell(WordOf(result), WordOf(result), colour), result.Name, ReportCell.Milliseconds(result.Time), result.Outcome.Detail);
        }

        table.Write(terminal);
    }

    private static JsonObject JsonOf(List<SelfTestResult> results, bool passed) => new()
    {
        ["passed"] = passed,
        ["tests"] = new JsonArray([.. results.Select(result => new JsonObject
        {
            ["test"] = result.Name,
            ["passed"] = result.Outcome.Passed,
            ["milliseconds"] = Math.Round(result.Time.TotalMilliseconds, 1),
            ["detail"] = result.Outcome.Detail,
        })]),
    };
}
