using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt;

/// <summary>
/// The messages that the broker must have at any time. A broker that was killed has lost them (control-plane.md §2.3), so all are sent on
/// every connect, and those that changed as they change. Thread-safe.
/// </summary>
internal sealed class RetainedSet(MqttConnection connection, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RetainedMessage> _messages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RetainedMessage> _changed = new(StringComparer.Ordinal);
    private readonly AsyncSignal _signal = new();
    private volatile bool _wasSent;

    /// <summary>Sets a message; it is sent when it differs from the one before.</summary>
    public void Set(RetainedMessage message)
    {
        if (_messages.TryGetValue(message.Topic, out RetainedMessage? before) && before.Payload.AsSpan().SequenceEqual(message.Payload))
        {
            return;
        }

        _messages[message.Topic] = message;
        if (_wasSent)
        {
            _changed[message.Topic] = message;
            _signal.Set();
        }
    }

    /// <summary>Sends all of them, in the order of their topics; availability last, so that who sees it finds the rest.</summary>
    public async Task SendAllAsync(CancellationToken cancellationToken)
    {
        _changed.Clear();
        _wasSent = true;
        foreach (RetainedMessage message in _messages.Values.OrderBy(message => message.ContentType is null).ThenBy(message => message.Topic, StringComparer.Ordinal))
        {
            if (await SendAsync(message, cancellationToken) is null)
            {
                _changed[message.Topic] = message;
            }
        }
    }

    /// <summary>Sends what changes, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await SendChangedAsync(cancellationToken);
        }
    }

    /// <summary>Sends what has changed since it was sent last.</summary>
    public async Task SendChangedAsync(CancellationToken cancellationToken)
    {
        foreach (string topic in _changed.Keys)
        {
            if (_changed.TryRemove(topic, out RetainedMessage? message) && await SendAsync(message, cancellationToken) is null)
            {
                // all are sent when the connection is back
                return;
            }
        }
    }

    private Task<int?> SendAsync(RetainedMessage message, CancellationToken cancellationToken)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder()
            .WithTopic(message.Topic)
            .WithPayload(message.Payload)
            .WithRetainFlag()
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (message.ContentType is { } type)
        {
            builder = builder.WithContentType(type);
        }

        // never a packet that the broker would end the connection for
        return connection.Fits(message.Payload.Length, message.Topic) ? connection.PublishAsync(builder.Build(), cancellationToken) : Task.FromResult<int?>(0);
    }
}
