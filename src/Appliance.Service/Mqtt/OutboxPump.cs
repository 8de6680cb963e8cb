using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Storage;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt;

/// <summary>
/// Sends what is in the outbox, in order, one at a time: a message is taken away when the broker has it, put among the dead letters when the
/// broker refuses it, and kept when the connection breaks.
/// </summary>
internal sealed class OutboxPump
{
    private const int Batch = 64;
    private const int FirstRefusal = 0x80;
    private const int MostUnstored = 1000;
    private static readonly TimeSpan LateTranscript = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly MqttConnection _connection;
    private readonly OutboxTable _outbox;
    private readonly ResultRing _ring;
    private readonly Topics _topics;
    private readonly NodeReasons _reasons;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<OutboxMessage> _unstored = new();
    private readonly AsyncSignal _signal = new();

    public OutboxPump(MqttConnection connection, OutboxTable outbox, ResultRing ring, Topics topics, NodeReasons reasons, TimeProvider time, ILogger logger)
    {
        (_connection, _outbox, _ring, _topics, _reasons, _time, _logger) = (connection, outbox, ring, topics, reasons, time, logger);
        outbox.Added += Wake;
    }

    /// <summary>Whether everything was sent.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Takes messages that can't be stored.</summary>
    public void Send(IReadOnlyList<OutboxMessage> messages)
    {
        foreach (OutboxMessage message in messages)
        {
            if (_unstored.Count < MostUnstored)
            {
                _unstored.Enqueue(message with { Created = Now });
            }
        }

        Wake();
    }

    /// <summary>Looks again: a connection is there, or something was added.</summary>
    public void Wake()
    {
        IsIdle = false;
        _signal.Set();
    }

    /// <summary>Sends until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(LookAgain, _time, cancellationToken);
                await DrainAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (StorageException fault)
            {
                // sent again after the next look; the receiver knows it by its number
                Log.PublishFailed(_logger, "outbox", fault.Message);
            }
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_connection.IsConnected)
        {
            while (_unstored.TryPeek(out OutboxMessage? message))
            {
                if (await PublishAsync(message, cancellationToken) is null)
                {
                    return;
                }

                _unstored.TryDequeue(out _);
            }

            IReadOnlyList<OutboxMessage> messages = _outbox.Oldest(Batch);
            if (messages.Count == 0)
            {
                IsIdle = _unstored.IsEmpty;
                return;
            }

            foreach (OutboxMessage message in messages)
            {
                if (!await SendAsync(message, cancellationToken))
                {
                    return;
                }

                if (!_unstored.IsEmpty)
                {
                    break;
                }
            }
        }
    }

    /// <returns>False when the connection broke.</returns>
    private async Task<bool> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        TimeSpan age = TimeSpan.FromMilliseconds(Math.Max(0, Now - message.Created));
        if (message.Class == OutboxClass.Event && message.Expiry is { } expiry && age > expiry)
        {
            await _outbox.Drop(message);
            return true;
        }

        OutboxMessage sent = message;
        if (message.Class == OutboxClass.Transcript)
        {
            sent = Aged(message, age);
        }

        if (!_connection.Fits(sent.Payload.Length, sent.Topic))
        {
            if (await ShrinkAsync(message))
            {
                // what was made of it is the next to be sent
                return _connection.IsConnected;
            }

            await _outbox.Bury(message, reason: 0x95);
            _reasons.Set(NodeReasons.MessagesRefused, true);
            return true;
        }

        int? reason = await PublishAsync(sent, cancellationToken);
        switch (reason)
        {
            case null:
                return false;
            case >= FirstRefusal:
                await _outbox.Bury(message, reason.Value);
                _reasons.Set(NodeReasons.MessagesRefused, true);
                return true;
            default:
                await _outbox.Remove(message);
                if (message.Retain)
                {
                    await _ring.AddAsync(message.Topic, cancellationToken);
                }

                return true;
        }
    }

    /// <summary>Says how old a transcript is; what is older than a minute is history, not something to act upon.</summary>
    private OutboxMessage Aged(OutboxMessage message, TimeSpan age)
    {
        JsonObject document = JsonNode.Parse(message.Payload)!.AsObject();
        document["age_ms"] = (long)age.TotalMilliseconds;
        bool isLate = age > LateTranscript;
        byte[] payload = EnvelopeFactory.Bytes(document);
        if (!_connection.Fits(payload.Length, message.Topic) && document.Remove("words"))
        {
            payload = EnvelopeFactory.Bytes(document);
        }

        return message with { Payload = payload, Topic = isLate ? _topics.TranscriptBacklog : message.Topic, Expiry = isLate ? null : message.Expiry };
    }

    private async Task<bool> ShrinkAsync(OutboxMessage message)
    {
        if (message.Job is null || message.Sequence is null || message.Class == OutboxClass.Part || _connection.LargestPacket is not { } largest)
        {
            return false;
        }

        (byte[] payload, IReadOnlyList<OutboxMessage> parts) = ResultDowngrade.Shrink(message.Payload, (int)Math.Min(largest, int.MaxValue), message.Topic, message.Job, _topics);
        if (!_connection.Fits(payload.Length, message.Topic))
        {
            return false;
        }

        await _outbox.Replace(message, payload, parts);
        Wake();
        return true;
    }

    private Task<int?> PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder()
            .WithTopic(message.Topic)
            .WithPayload(message.Payload)
            .WithRetainFlag(message.Retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (message.ContentType is { } type)
        {
            builder = builder.WithContentType(type);
        }

        if (message.Correlation is { } correlation)
        {
            builder = builder.WithCorrelationData(correlation);
        }

        if (message.Expiry is { } expiry)
        {
            builder = builder.WithMessageExpiryInterval((uint)expiry.TotalSeconds);
        }

        return _connection.PublishAsync(builder.Build(), cancellationToken);
    }
}
