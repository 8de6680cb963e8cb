using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt.Client;

/// <summary>A caller's connection to a broker, and through it to nodes.</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    private const int NotAuthorized = 0x87;
    private const int FirstRefusal = 0x80;
    private static readonly TimeSpan Retained = TimeSpan.FromMilliseconds(700);

    private readonly IMqttClient _client;
    private readonly MqttSettings _settings;
    private readonly Channel<ClientMessage> _messages = Channel.CreateBounded<ClientMessage>(4096);

    private NodeClient(IMqttClient client, MqttSettings settings, string id)
    {
        (_client, _settings, Id) = (client, settings, id);
        client.ApplicationMessageReceivedAsync += async told =>
            await _messages.Writer.WriteAsync(new ClientMessage(told.ApplicationMessage.Topic, told.ApplicationMessage.Payload.ToArray(), told.ApplicationMessage.Retain));
        client.DisconnectedAsync += _ =>
        {
            _messages.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    /// <summary>Client id.</summary>
    public string Id { get; }

    /// <summary>Messages in the order in which they came; it ends with the connection.</summary>
    public ChannelReader<ClientMessage> Messages => _messages.Reader;

    /// <summary>Connects.</summary>
    /// <exception cref="BrokerUnavailableException">There is no connection.</exception>
    /// <exception cref="ConfigurationException">A secret or a certificate can't be read.</exception>
    public static async Task<NodeClient> ConnectAsync(MqttSettings settings, CancellationToken cancellationToken)
    {
        string id = "appliance-" + Guid.NewGuid().ToString("N")[..12];
        string where = $"{settings.Host ?? "127.0.0.1"}:{settings.EffectivePort}";
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        NodeClient node = new(client, settings, id);
        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(MqttOptions.ConnectTimeout);
            MqttClientConnectResult answer = await client.ConnectAsync(MqttOptions.Transient(settings, id, receiveMaximum: 64), limit.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                bool isForbidden = answer.ResultCode is MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.BadUserNameOrPassword;
                throw new BrokerUnavailableException($"the broker at {where} refuses the connection ({answer.ResultCode}): {(isForbidden ? "check --username and --password-file" : "look into its log")}", isForbidden);
            }

            return node;
        }
        catch (Exception fault)
        {
            client.Dispose();
            if (fault is BrokerUnavailableException or ConfigurationException || cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw new BrokerUnavailableException($"no broker answers at {where} ({(fault.InnerException ?? fault).Message}): start it, or name another with --broker", isForbidden: false, fault);
        }
    }

    /// <summary>Subscribes.</summary>
    /// <exception cref="BrokerUnavailableException">The broker refuses it.</exception>
    public async Task SubscribeAsync(CancellationToken cancellationToken, params string[] filters)
    {
        MqttClientSubscribeResult result = await _client.SubscribeAsync(new MqttClientSubscribeOptions
        {
            TopicFilters = [.. filters.Select(filter => new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, RetainAsPublished = true })],
        }, cancellationToken);
        if (result.Items.FirstOrDefault(item => (int)item.ResultCode >= FirstRefusal) is { } refused)
        {
            throw new BrokerUnavailableException($"the broker refuses to tell of {refused.TopicFilter.Topic} ({refused.ResultCode}): check its access list", isForbidden: true);
        }
    }

    /// <summary>Ends a subscription.</summary>
    public Task UnsubscribeAsync(string filter, CancellationToken cancellationToken) =>
        _client.UnsubscribeAsync(new MqttClientUnsubscribeOptions { TopicFilters = [filter] }, cancellationToken);

    /// <summary>Sends with QoS 1.</summary>
    /// <returns>Whether anybody has subscribed to the topic.</returns>
    /// <exception cref="BrokerUnavailableException">The broker refuses it.</exception>
    public async Task<bool> PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken, TimeSpan? expiry = null)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (expiry is { } time)
        {
            builder = builder.WithMessageExpiryInterval((uint)time.TotalSeconds);
        }

        MqttClientPublishResult result;
        try
        {
            result = await _client.PublishAsync(builder.Build(), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerUnavailableException($"the connection to the broker broke ({fault.Message}): try again", isForbidden: false, fault);
        }

        int reason = (int)result.ReasonCode;
        if (reason >= FirstRefusal)
        {
            throw new BrokerUnavailableException($"the broker refuses a message to {topic} ({result.ReasonCode}): check its access list", isForbidden: reason == NotAuthorized);
        }

        return result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers;
    }

    /// <summary>The node of a name, else the only one that is there.</summary>
    /// <exception cref="BrokerUnavailableException">There is none, or there are several.</exception>
    public async Task<Topics> FindNodeAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not null)
        {
            return new Topics(_settings.Base, name);
        }

        await SubscribeAsync(cancellationToken, $"{_settings.Base}/+/availability");
        SortedSet<string> nodes = new(StringComparer.Ordinal);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Retained);
        try
        {
            await foreach (ClientMessage message in _messages.Reader.ReadAllAsync(enough.Token))
            {
                if (message.Topic.EndsWith("/availability", StringComparison.Ordinal) && Encoding.UTF8.GetString(message.Payload) == "online")
                {
                    nodes.Add(message.Topic[(_settings.Base.Length + 1)..^"/availability".Length]);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // all retained messages have come
        }

        await UnsubscribeAsync($"{_settings.Base}/+/availability", cancellationToken);
        return nodes.Count switch
        {
            1 => new Topics(_settings.Base, nodes.Min!),
            0 => throw new BrokerUnavailableException($"no node is online below {_settings.Base}/: start one with 'appliance run', or name it with --node", isForbidden: false),
            _ => throw new BrokerUnavailableException($"several nodes are online: name one with --node: {string.Join(", ", nodes)}", isForbidden: false),
        };
    }

    /// <summary>Sends a request and gives what is said of it, up to its outcome.</summary>
    /// <param name="topics">The node.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="request">The request; id and reply topic are added.</param>
    /// <param name="accepted">Done when it is accepted.</param>
    /// <param name="told">Told of everything else that comes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the job.</param>
    /// <exception cref="BrokerUnavailableException">Nobody is listening, or the connection broke.</exception>
    /// <returns>The outcome.</returns>
    public async Task<JsonObject> RequestAsync(
        Topics topics, string verb, JsonObject request, Func<Task>? accepted, Action<ClientMessage, JsonObject?>? told, CancellationToken cancellationToken)
    {
        string reply = $"{topics.Node}/reply/{Id}";
        request["reply_to"] = reply;
        string id = request["id"]!.GetValue<string>();
        await SubscribeAsync(cancellationToken, reply);
        if (!await PublishAsync(topics.Command(verb), EnvelopeFactory.Bytes(request), cancellationToken))
        {
            throw new BrokerUnavailableException($"nobody is listening at {topics.Command(verb)}: is the node {topics.NodeName} running?", isForbidden: false);
        }

        Task sending = Task.CompletedTask;
        bool isAccepted = false;
        await foreach (ClientMessage message in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            JsonObject? envelope = message.Topic == reply ? JsonNode.Parse(message.Payload) as JsonObject : null;
            if (envelope is null || envelope["id"]?.GetValue<string>() != id)
            {
                told?.Invoke(message, null);
                continue;
            }

            string type = envelope["type"]?.GetValue<string>() ?? "";
            if (type is EnvelopeTypes.Result or EnvelopeTypes.Failed or EnvelopeTypes.Cancelled)
            {
                await sending;
                return envelope;
            }

            if (type == EnvelopeTypes.Accepted && !isAccepted)
            {
                isAccepted = true;
                sending = accepted?.Invoke() ?? Task.CompletedTask;
            }

            told?.Invoke(message, envelope);
        }

        throw new BrokerUnavailableException("the connection to the broker broke: the job goes on; ask again with the same request", isForbidden: false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // it is gone already
        }

        _client.Dispose();
    }
}
