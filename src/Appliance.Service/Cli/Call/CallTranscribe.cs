using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Native;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Mqtt.Client;
using Appliance.Speech.Capture;

namespace Appliance.Service.Cli.Call;

/// <summary><c>call transcribe</c>.</summary>
internal sealed class CallTranscribe
{
    private readonly Argument<string> _file = new("FILE");
    private readonly TranscribeParameterOptions _parameters = new();
    private readonly ReportOptions _report = new();
    private readonly BrokerOptions _broker = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new CallTranscribe().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("transcribe", "has a recording transcribed by a node", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = new Manual
            {
                Arguments = "FILE",
                Description = ["Decodes FILE here, sends it to the node as a stream, and prints the text. Ctrl-C cancels the job."],
                Groups = [_parameters, _report, _broker],
                Examples = [new("appliance call transcribe talk.mp3 --broker broker.lan --node kitchen", "prints what is said in talk.mp3")],
                ExitCodes = CallCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_file);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        AudioInput input = new(context.Call.GetValue(_file)!, new AudioFileOptions());
        input.Open(cancellationToken).Dispose();
        return NodeCall.With(context, _broker, async (client, topics) =>
        {
            string id = NodeCall.NewId();
            JsonObject request = new() { ["id"] = id, ["params"] = _parameters.ParametersOf(context.Call), ["audio"] = RecordingSender.Describe(id) };
            JsonObject outcome;
            try
            {
                outcome = await client.RequestAsync(topics, "transcribe", request,
                    () => RecordingSender.SendAsync(client, topics.AudioStream(id), input, null, cancellationToken),
                    (_, envelope) => Show(context.Terminal, envelope), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await NodeCall.CancelAsync(client, topics, id);
                throw;
            }
            finally
            {
                context.Terminal.ShowStatus(null);
            }

            Print(context, NodeCall.DataOf(outcome));
            return ExitCode.Done;
        }, cancellationToken);
    }

    private void Print(CallContext context, JsonObject data)
    {
        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, data);
            return;
        }

        foreach (JsonNode? warning in data["warnings"] as JsonArray ?? [])
        {
            context.Terminal.WriteWarning(warning!.GetValue<string>());
        }

        foreach (JsonNode? segment in data["segments"] as JsonArray ?? [])
        {
            context.Terminal.WriteResult(OneLine.Of(segment?["text"]?.GetValue<string>().Trim() ?? ""));
        }
    }

    private static void Show(Terminal terminal, JsonObject? envelope)
    {
        if (envelope?["data"] is JsonObject data && data["percent"] is JsonValue percent)
        {
            terminal.WriteDetail(FormattableString.Invariant($"{percent.GetValue<double>():0} %"));
        }
    }
}
