using System.Text.Json.Nodes;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using Appliance.Service.Mqtt;
using Appliance.Service.Mqtt.Client;

namespace Appliance.Service.Cli.Call;

/// <summary>What every call of a node does alike.</summary>
internal static class NodeCall
{
    /// <summary>Connects, finds the node, works with it, and turns what goes wrong into exit statuses.</summary>
    public static T With<T>(CallContext context, BrokerOptions options, Func<NodeClient, Topics, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(context, options, work, cancellationToken).GetAwaiter().GetResult();

    /// <summary>A new id.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("N");

    /// <summary>The data of an outcome.</summary>
    /// <exception cref="CommandException">It failed.</exception>
    public static JsonObject DataOf(JsonObject outcome)
    {
        if (outcome["error"] is not JsonObject error)
        {
            return outcome["data"]?.AsObject() ?? [];
        }

        ErrorCode code = ErrorCodes.Parse(error["code"]?.GetValue<string>());
        throw new CommandException(ErrorExit.Of(code), error["message"]?.GetValue<string>() ?? ErrorCodes.NameOf(code));
    }

    /// <summary>Cancels a job that nobody waits for any more, as far as that is still possible.</summary>
    public static async Task CancelAsync(NodeClient client, Topics topics, string id)
    {
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            await client.PublishAsync(topics.Command("cancel"), EnvelopeFactory.Bytes(new JsonObject { ["params"] = new JsonObject { ["job"] = id } }), limit.Token);
        }
        catch (Exception fault) when (fault is BrokerUnavailableException or OperationCanceledException)
        {
            // it ends by itself
        }
    }

    private static async Task<T> RunAsync<T>(CallContext context, BrokerOptions options, Func<NodeClient, Topics, Task<T>> work, CancellationToken cancellationToken)
    {
        MqttSettings settings = options.SettingsOf(context.Call, context.Settings.Mqtt);
        try
        {
            await using NodeClient client = await NodeClient.ConnectAsync(settings, cancellationToken);
            return await work(client, await client.FindNodeAsync(options.NodeOf(context.Call), cancellationToken));
        }
        catch (BrokerUnavailableException fault)
        {
            throw new CommandException(fault.IsForbidden ? ExitCode.Forbidden : ExitCode.Unavailable, fault.Message, fault);
        }
    }
}
