using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Call;

/// <summary><c>call cancel</c>.</summary>
internal sealed class CallCancel
{
    private readonly Argument<string?> _job = new("JOB") { Arity = ArgumentArity.ZeroOrOne };
    private readonly BrokerOptions _broker = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new CallCancel().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("cancel", "cancels jobs of a node", Run)
        {
            Manual = new Manual
            {
                Arguments = "[JOB]",
                Description = ["Cancels the job of that id, or without one every job that came by MQTT. Prints the ids of what was cancelled."],
                Groups = [_broker],
                Examples = [new("appliance call cancel", "cancels every job that came by MQTT")],
                ExitCodes = CallCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_job);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken) => NodeCall.With(context, _broker, async (client, topics) =>
    {
        JsonObject parameters = [];
        if (context.Call.GetValue(_job) is { } job)
        {
            parameters["job"] = job;
        }

        JsonObject outcome = await client.RequestAsync(topics, "cancel", new JsonObject { ["id"] = NodeCall.NewId(), ["params"] = parameters }, null, null, cancellationToken);
        foreach (JsonNode? id in NodeCall.DataOf(outcome)["cancelled"] as JsonArray ?? [])
        {
            context.Terminal.WriteResult(id!.GetValue<string>());
        }

        return ExitCode.Done;
    }, cancellationToken);
}
