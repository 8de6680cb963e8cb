using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Mqtt.AudioIn;
using Appliance.Service.Mqtt.Commands;
using Appliance.Service.Mqtt.HomeAssistant;
using Appliance.Service.Storage;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt;

/// <summary>The node on the broker: what it tells, and what it is told.</summary>
internal sealed class MqttNode : IDisposable
{
    /// <summary>Commands that are being stored at a time; more wait in the broker.</summary>
    private const int MostAtOnce = 64;

    private const int BestQuality = 90;
    private const int WorstQuality = 40;
    private const int QualityStep = 10;

    private readonly NodeContext _context;
    private readonly Topics _topics;
    private readonly string _birthTopic;
    private readonly MqttConnection _connection;
    private readonly RetainedSet _retained;
    private readonly OutboxPump _pump;
    private readonly ResultRing _ring;
    private readonly MqttRoutes _routes;
    private readonly AudioStreams _streams;
    private readonly CommandDispatcher _dispatcher;
    private readonly SemaphoreSlim _slots = new(MostAtOnce);
    private readonly AsyncSignal _stateSignal = new();
    private readonly ILogger _logger;
    private CancellationToken _stopping;

    /// <param name="context">The rest of the node.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="parts">What commands act upon.</param>
    /// <param name="logger">Told of what goes wrong.</param>
    public MqttNode(NodeContext context, Func<MqttClientOptions> options, NodeParts parts, ILogger logger)
    {
        (_context, _logger) = (context, logger);
        _topics = context.Topics;
        _birthTopic = DiscoveryMessage.BirthTopicOf(context.Settings.Current.Mqtt);
        _connection = new MqttConnection(options, Filters(), context.Time, logger) { Received = ReceiveAsync, Ready = ReadyAsync };
        _retained = new RetainedSet(_connection, context.Time);
        _ring = new ResultRing(_connection, context.Database, context.Time);
        _pump = new OutboxPump(_connection, context.Outbox, _ring, _topics, context.Reasons, context.Time, logger);
        _routes = new MqttRoutes(_topics);
        _streams = new AudioStreams(context.Jobs, context.Time);
        _dispatcher = new CommandDispatcher(new CommandParser(new ReplyGuard(_topics, context.Settings.Current.Mqtt)), parts, context.Ledger, _streams, context.Outbox, _routes, _topics, context.Reasons, logger);
        context.Ledger.Routes = _routes.MessagesOf;
        context.Ledger.Unstored = _pump.Send;
        context.Ledger.ProgressMade += SendProgress;
        context.Jobs.Parts = PartsOf;
        context.Jobs.Ended += ShowPicture;
        context.Jobs.Changed += _stateSignal.Set;
        context.Reasons.Changed += _stateSignal.Set;
        context.Microphone.Changed += _stateSignal.Set;
        context.Models.Changed += _stateSignal.Set;
        context.Settings.Changed += (_, _) => SetRetained();
        _connection.Changed += () => context.Reasons.Set(NodeReasons.ClientIdConflict, _connection.IsConflict);
        context.Metrics.Gauge("appliance_mqtt_connected", () => _connection.IsConnected ? 1 : 0);
    }

    /// <summary>Takes shared work; the same way as commands.</summary>
    public CommandDispatcher Dispatcher => _dispatcher;

    /// <summary>Sends what is not stored, now or never.</summary>
    public void SendNow(string topic, JsonObject document, TimeSpan? expiry)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(EnvelopeFactory.Bytes(document)).WithContentType("application/json");
        if (expiry is { } time)
        {
            builder = builder.WithMessageExpiryInterval((uint)time.TotalSeconds);
        }

        _ = _connection.PublishAsync(builder.Build(), _stopping);
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        SetRetained();
        await Task.WhenAll(
            _connection.RunAsync(cancellationToken),
            Supervision.RunAsync("retained", _retained.RunAsync, _context.Time, _logger, cancellationToken),
            Supervision.RunAsync("outbox", _pump.RunAsync, _context.Time, _logger, cancellationToken),
            EveryAsync(TimeSpan.FromSeconds(15), SendMetrics, cancellationToken),
            EveryAsync(TimeSpan.FromSeconds(1), _streams.Sweep, cancellationToken),
            EveryAsync(TimeSpan.FromSeconds(60), () => _ = _ring.SweepAsync(cancellationToken), cancellationToken),
            EveryAsync(TimeSpan.FromSeconds(60), SetRetained, cancellationToken),
            Supervision.RunAsync("state", FollowStateAsync, _context.Time, _logger, cancellationToken));
    }

    /// <summary>Waits until everything is delivered, for a time; then says that the node is gone.</summary>
    public async Task SayGoodbyeAsync(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            SetRetained();
            await _retained.SendChangedAsync(limit.Token);
            while (_connection.IsConnected && !_pump.IsIdle)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the rest is sent after the next start
        }

        using CancellationTokenSource last = new(TimeSpan.FromSeconds(1));
        await _connection.PublishAsync(Availability("offline"), last.Token);
    }

    /// <summary>Takes the retained results and pictures away from the broker.</summary>
    public async Task ClearKeptAsync(CancellationToken cancellationToken)
    {
        await _ring.ClearAsync(cancellationToken);
        _retained.Set(new RetainedMessage(_topics.Image, [], null));
        _retained.Set(new RetainedMessage(_topics.ImageMeta, [], null));
    }

    /// <summary>Publishes what changed of state, settings and abilities.</summary>
    public void SetRetained()
    {
        SetState();
        _retained.Set(Json(_topics.Config, _context.Settings.Settable()));
        _retained.Set(Json(_topics.Info, NodeInfo.Of(_context.Settings.Current, _context.Models, Limits(), Capabilities())));
        _retained.Set(new DiscoveryMessage(_topics, _context.Settings.Current, _context.Models.Catalog).Create());
        _retained.Set(new RetainedMessage(_topics.Availability, "online"u8.ToArray(), null));
    }

    private void SetState() => _retained.Set(Json(_topics.State, _context.Status.Create()));

    /// <inheritdoc/>
    public void Dispose()
    {
        _streams.Dispose();
        _slots.Dispose();
    }

    private List<MqttTopicFilter> Filters()
    {
        List<MqttTopicFilter> filters =
        [
            new() { Topic = _topics.Commands, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, RetainAsPublished = true },
            new() { Topic = _topics.AudioStreams, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, RetainAsPublished = true },
        ];
        if (_context.Settings.Current.Mqtt.HomeAssistant)
        {
            filters.Add(new() { Topic = _birthTopic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce });
        }

        return filters;
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        // its access list may have been corrected
        _context.Reasons.Set(NodeReasons.MessagesRefused, false);
        SetRetained();
        await _retained.SendAllAsync(cancellationToken);
        _pump.Wake();
    }

    /// <summary>Called for one message at a time: what takes longer than parsing goes on by itself, and the message is acknowledged then.</summary>
    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs told)
    {
        MqttApplicationMessage message = told.ApplicationMessage;
        string topic = message.Topic;
        if (topic == _birthTopic)
        {
            if (Encoding.UTF8.GetString(message.Payload) == "online")
            {
                _ = SendAgainAsync();
            }

            return;
        }

        if (topic.StartsWith(_topics.AudioStream(""), StringComparison.Ordinal))
        {
            if (!message.Retain)
            {
                _streams.Add(Topics.LastLevel(topic), message.Payload.ToArray());
            }

            return;
        }

        told.AutoAcknowledge = false;
        await _slots.WaitAsync(_stopping);
        _ = TakeAsync(told, ToCommand(message, isFleet: false));
    }

    /// <summary>A message without the library's types.</summary>
    internal static CommandMessage ToCommand(MqttApplicationMessage message, bool isFleet) => new(Topics.LastLevel(message.Topic), message.Payload.ToArray())
    {
        IsRetained = message.Retain,
        IsRedelivery = message.Dup,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        Correlation = message.CorrelationData is { Length: > 0 } correlation ? correlation.ToArray() : null,
        Properties = [.. (message.UserProperties ?? []).Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))],
        IsFleet = isFleet,
    };

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs told, CommandMessage command)
    {
        try
        {
            await _dispatcher.TakeAsync(command, _stopping);
            await told.AcknowledgeAsync(_stopping);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // not acknowledged: the broker gives it again when we are back
            if (!_stopping.IsCancellationRequested)
            {
                Log.HandlingFailed(_logger, fault, told.ApplicationMessage.Topic);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task SendAgainAsync()
    {
        // many devices answer the same birth message: not all at once
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(5 * Random.Shared.NextDouble()), _context.Time, _stopping);
            await _retained.SendAllAsync(_stopping);
        }
        catch (OperationCanceledException)
        {
            // the service stops
        }
    }

    private void SendProgress(JobTicket ticket, Envelope envelope)
    {
        if (_connection.IsConnected)
        {
            foreach (MqttApplicationMessage message in _routes.ProgressOf(ticket, envelope))
            {
                _ = _connection.PublishAsync(message, _stopping);
            }
        }
    }

    /// <summary>A picture's file in parts, where the requester wants it over MQTT.</summary>
    private IReadOnlyList<OutboxMessage> PartsOf(Job job, JobProduct product)
    {
        if (product is not { DeliversFile: true, File: { } file })
        {
            return [];
        }

        IReadOnlyList<OutboxMessage> parts = ResultDowngrade.Parts(file, ResultDowngrade.PartBytes(_connection.LargestPacket), job.Id, _topics, "image/png", out JsonObject described);
        product.Data["parts"] = described;
        return parts;
    }

    private void ShowPicture(JobOutcome outcome)
    {
        if (outcome.Product is not { Picture: { } picture } product || outcome.Job.Ticket.Surface == JobSurface.Fleet)
        {
            return;
        }

        for (int quality = BestQuality; quality >= WorstQuality; quality -= QualityStep)
        {
            byte[] jpeg = ImageFormats.EncodeJpeg(picture, quality);
            if (_connection.Fits(jpeg.Length, _topics.Image))
            {
                _retained.Set(new RetainedMessage(_topics.Image, jpeg, "image/jpeg"));
                _retained.Set(Json(_topics.ImageMeta, MetaOf(outcome.Job, product, picture)));
                return;
            }
        }
    }

    private static JsonObject MetaOf(Job job, JobProduct product, RgbImage picture) => new()
    {
        ["job"] = job.Id,
        ["prompt_hash"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(product.Data["prompt"]?.GetValue<string>() ?? "")))[..16],
        ["seed"] = product.Data["seed"]?.DeepClone(),
        ["model"] = product.Data["model"]?.DeepClone(),
        ["w"] = picture.Width,
        ["h"] = picture.Height,
        ["sha256"] = product.Data["sha256"]?.DeepClone(),
        ["url"] = null,
    };

    private void SendMetrics() => SendNow(_topics.Metrics, _context.Metrics.Snapshot(), TimeSpan.FromSeconds(60));

    private async Task FollowStateAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _stateSignal.WaitAsync(TimeSpan.FromSeconds(30), _context.Time, cancellationToken);
                _context.Reasons.Set(NodeReasons.ClockUnsynced, _context.Envelopes.Timestamp is null);
                SetState();

                // at most ten changes a second
                await Task.Delay(TimeSpan.FromMilliseconds(100), _context.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task EveryAsync(TimeSpan period, Action action, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(period, _context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Supervision.Try(action, _logger);
            }
        }
        catch (OperationCanceledException)
        {
            // the service stops
        }
    }

    private static JsonObject Limits()
    {
        JsonObject limits = NodeInfo.ImageLimitsJson();
        limits["request_bytes"] = CommandParser.LargestRequest;
        limits["packet_bytes"] = (long)MqttOptions.LargestPacket;
        limits["chunk_bytes"] = AudioChunk.LargestBytes;
        limits["chunks_unacknowledged"] = 8;
        limits["stream_seconds"] = 7200;
        limits["stream_wall_seconds"] = 1800;
        limits["jobs"] = JobScheduler.MostJobs;
        return limits;
    }

    private List<string> Capabilities()
    {
        List<string> capabilities = [.. CommandList.Names, "stream"];
        if (_context.Settings.Current.Mqtt.Fleet.Count > 0 && _connection.HasSharedSubscriptions)
        {
            capabilities.Add("fleet");
        }

        return capabilities;
    }

    private MqttApplicationMessage Availability(string text) => new MqttApplicationMessageBuilder()
        .WithTopic(_topics.Availability).WithPayload(text).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();

    private static RetainedMessage Json(string topic, JsonObject document) => new(topic, EnvelopeFactory.Bytes(document), "application/json");
}
