using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Mqtt;

namespace Appliance.Service.Cli.Call;

/// <summary><c>call imagine</c>.</summary>
internal sealed class CallImagine
{
    private readonly Argument<string> _prompt = new("PROMPT");
    private readonly ImageParameterOptions _parameters = new();
    private readonly ReportOptions _report = new();
    private readonly BrokerOptions _broker = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new CallImagine().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("imagine", "has a picture drawn by a node", Run)
        {
            Manual = new Manual
            {
                Arguments = "PROMPT",
                Description = ["Has the node draw a picture, fetches it over MQTT as PNG and prints the path of its file. Ctrl-C cancels the job."],
                Groups = [_parameters, _report, _broker],
                Examples = [new("appliance call imagine \"a red apple\" --seed 7 --output apple.png", "writes apple.png")],
                ExitCodes = CallCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_prompt);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        JsonObject parameters = _parameters.ParametersOf(context.Call);
        parameters["prompt"] = context.Call.GetValue(_prompt)!;
        parameters["deliver"] = "mqtt";
        string? output = _parameters.OutputOf(context.Call);
        if (output is not null)
        {
            if (!Path.GetExtension(output).Equals(".png", StringComparison.OrdinalIgnoreCase))
            {
                throw new CommandException(ExitCode.WrongCall, $"--output {output}: a node sends PNG: end the name with .png");
            }

            AtomicFile.Probe(output);
        }

        return NodeCall.With(context, _broker, async (client, topics) =>
        {
            string id = NodeCall.NewId();
            SortedDictionary<int, byte[]> parts = [];
            await client.SubscribeAsync(cancellationToken, topics.JobPart(id, 0)[..^1] + "+");
            JsonObject outcome;
            try
            {
                outcome = await client.RequestAsync(topics, "generate", new JsonObject { ["id"] = id, ["params"] = parameters }, null, (message, envelope) =>
                {
                    if (envelope is null && message.Topic.Contains($"/job/{id}/part/", StringComparison.Ordinal) && int.TryParse(Topics.LastLevel(message.Topic), out int number))
                    {
                        parts[number] = message.Payload;
                    }
                }, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await NodeCall.CancelAsync(client, topics, id);
                throw;
            }

            JsonObject data = NodeCall.DataOf(outcome);
            byte[] file = [.. parts.Values.SelectMany(part => part)];
            if (data["parts"]?["sha256"]?.GetValue<string>() != Convert.ToHexStringLower(SHA256.HashData(file)))
            {
                throw new CommandException(ExitCode.Failed, "the picture did not arrive whole: ask for it again");
            }

            string path = output ?? $"./appliance-{data["seed"]}.png";
            AtomicFile.WriteBytes(path, stream => stream.Write(file));
            Print(context, path, data);
            return ExitCode.Done;
        }, cancellationToken);
    }

    private void Print(CallContext context, string path, JsonObject data)
    {
        foreach (JsonNode? warning in data["warnings"] as JsonArray ?? [])
        {
            context.Terminal.WriteWarning(warning!.GetValue<string>());
        }

        if (!_report.WantsJson(context.Call))
        {
            context.Terminal.WriteResult(path);
            return;
        }

        data.Remove("parts");
        JsonObject report = new() { ["path"] = path };
        foreach ((string name, JsonNode? value) in data)
        {
            report[name] = value?.DeepClone();
        }

        JsonReport.Write(context.Terminal, report);
    }
}
