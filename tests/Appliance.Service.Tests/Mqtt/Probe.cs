using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>A client of the tests: notes everything that it gets.</summary>
internal sealed class Probe : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<Seen> _seen = new();

    private Probe() => _client.ApplicationMessageReceivedAsync += told =>
    {
        MqttApplicationMessage message = told.ApplicationMessage;
        _seen.Enqueue(new Seen(message.Topic, message.Payload.ToArray(), message.Retain, (int)message.QualityOfServiceLevel, message.MessageExpiryInterval, message.CorrelationData?.ToArray(), message.ContentType, Stopwatch.GetTimestamp()));
        return Task.CompletedTask;
    };

    /// <summary>Everything so far, in order.</summary>
    public IReadOnlyList<Seen> All => [.. _seen];

    /// <summary>The client itself.</summary>
    public IMqttClient Client => _client;

    /// <summary>Connects and subscribes.</summary>
    public static Task<Probe> ConnectAsync(int port, params string[] filters) => ConnectAsync(port, options => options, filters);

    /// <summary>Connects with other options and subscribes.</summary>
    public static async Task<Probe> ConnectAsync(int port, Func<MqttClientOptionsBuilder, MqttClientOptionsBuilder> change, params string[] filters)
    {
        Probe probe = new();
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId("probe-" + Guid.NewGuid().ToString("N")[..8]).WithTimeout(TimeSpan.FromSeconds(10));
        MqttClientConnectResult result = await probe._client.ConnectAsync(change(options).Build());
        Assert.Equal(MqttClientConnectResultCode.Success, result.ResultCode);
        await probe.SubscribeAsync(filters);
        return probe;
    }

    /// <summary>Subscribes.</summary>
    public async Task SubscribeAsync(params string[] filters)
    {
        if (filters.Length > 0)
        {
            await _client.SubscribeAsync(new MqttClientSubscribeOptions
            {
                TopicFilters = [.. filters.Select(filter => new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, RetainAsPublished = true })],
            });
        }
    }

    /// <summary>Sends with QoS 1.</summary>
    /// <returns>The broker's reason code.</returns>
    public async Task<int> SendAsync(string topic, string payload, Func<MqttApplicationMessageBuilder, MqttApplicationMessageBuilder>? change = null)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        return (int)(await _client.PublishAsync((change is null ? builder : change(builder)).Build())).ReasonCode;
    }

    /// <summary>Sends bytes with QoS 1.</summary>
    public Task SendAsync(string topic, byte[] payload) =>
        _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    /// <summary>Forgets what it has seen.</summary>
    public void Forget() => _seen.Clear();

    /// <summary>Waits for the first message that is wanted.</summary>
    public async Task<Seen> WaitForAsync(Func<Seen, bool> isWanted, TimeSpan limit)
    {
        await Wait.UntilAsync(() => _seen.Any(isWanted), limit, () => "no such message among:\n" + string.Join('\n', _seen.Select(seen => $"{seen.Topic} {seen.Text[..Math.Min(seen.Text.Length, 200)]}")));
        return _seen.First(isWanted);
    }

    /// <summary>Waits for what is said of a job at last.</summary>
    public async Task<JsonObject> OutcomeAsync(string id, TimeSpan limit) =>
        (await WaitForAsync(seen => seen.IsEnvelopeOf(id) && seen.Type is "result" or "failed" or "cancelled" && seen.Json!["id"]!.GetValue<string>() == id, limit)).Json!;

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync();
        }

        _client.Dispose();
    }

    /// <summary>A message.</summary>
    internal sealed record Seen(string Topic, byte[] Payload, bool IsRetained, int QualityOfService, uint Expiry, byte[]? Correlation, string? ContentType, long At)
    {
        public string Text => Encoding.UTF8.GetString(Payload);

        public JsonObject? Json => Payload.Length > 0 && Payload[0] == '{' ? JsonNode.Parse(Payload) as JsonObject : null;

        public string? Type => Json?["type"]?.GetValue<string>();

        public bool IsEnvelopeOf(string id) => Json is { } json && json.ContainsKey("seq") && json.ContainsKey("mono_ms") && json["id"]?.GetValue<string>() == id;
    }
}
