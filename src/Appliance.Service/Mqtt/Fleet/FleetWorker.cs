using System.Buffers;
using System.Collections.Concurrent;
using Appliance.Service.Jobs;
using Appliance.Service.Mqtt.Commands;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt.Fleet;

/// <summary>
/// Takes shared work while this node has nothing else to do. A shared subscription alone loses work (control-plane.md §0.4): so it is
/// subscribed to while idle only, each piece is claimed, and who asked for it asks again when the claim is not renewed.
/// </summary>
internal sealed class FleetWorker
{
    /// <summary>Time for a retained claim to come after the broker's answer to the subscription.</summary>
    private static readonly TimeSpan ClaimWait = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly MqttConnection _connection;
    private readonly CommandDispatcher _dispatcher;
    private readonly JobScheduler _jobs;
    private readonly Topics _topics;
    private readonly IReadOnlyList<string> _kinds;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AsyncSignal _signal = new();
    private readonly ConcurrentDictionary<string, FleetClaim> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FleetClaim> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _renewed = new(StringComparer.Ordinal);
    private bool _isSubscribed;
    private int _isTaking;

    /// <param name="options">How to connect; without a session.</param>
    /// <param name="dispatcher">Takes the work.</param>
    /// <param name="jobs">Knows what is being done.</param>
    /// <param name="topics">The node's.</param>
    /// <param name="kinds">Kinds of work that are taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of faults.</param>
    public FleetWorker(
        Func<MqttClientOptions> options, CommandDispatcher dispatcher, JobScheduler jobs, Topics topics, IReadOnlyList<string> kinds, TimeProvider time, ILogger logger)
    {
        (_dispatcher, _jobs, _topics, _kinds, _time, _logger) = (dispatcher, jobs, topics, kinds, time, logger);
        _connection = new MqttConnection(options, [], time, logger) { Received = ReceiveAsync, Ready = ReadyAsync };
        jobs.Changed += _signal.Set;
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_kinds.Count == 0)
        {
            return;
        }

        await Task.WhenAll(_connection.RunAsync(cancellationToken), Supervision.RunAsync("fleet", TendAsync, _time, _logger, cancellationToken));
    }

    private bool IsIdle => _isTaking == 0 && _jobs.Snapshot.Count == 0;

    private Task ReadyAsync(CancellationToken cancellationToken)
    {
        // the subscriptions went with the last connection
        _isSubscribed = false;
        if (!_connection.HasSharedSubscriptions)
        {
            Log.NoSharedSubscriptions(_logger);
        }

        _signal.Set();
        return Task.CompletedTask;
    }

    private async Task TendAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(LookAgain, _time, cancellationToken);
                await RenewAsync(cancellationToken);
                await FollowIdlenessAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task FollowIdlenessAsync(CancellationToken cancellationToken)
    {
        bool wanted = IsIdle && _connection is { IsConnected: true, HasSharedSubscriptions: true };
        if (wanted == _isSubscribed || !_connection.IsConnected)
        {
            return;
        }

        _isSubscribed = wanted;
        foreach (string kind in _kinds)
        {
            string filter = $"$share/{kind}/{_topics.FleetWork(kind)}";
            if (wanted)
            {
                await _connection.SubscribeAsync(new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, cancellationToken);
            }
            else
            {
                await _connection.UnsubscribeAsync(filter, cancellationToken);
            }
        }
    }

    /// <summary>Renews the claims of what is being done, and takes those back of what has ended.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        HashSet<string> running = [.. _jobs.Snapshot.Select(job => job.Id)];
        foreach ((string id, FleetClaim claim) in _own)
        {
            if (!running.Contains(id))
            {
                _own.TryRemove(id, out _);
                _renewed.TryRemove(id, out _);
                _seen.TryRemove(id, out _);
                await _connection.UnsubscribeAsync(_topics.FleetClaim(id), cancellationToken);
                await PublishAsync(_topics.FleetClaim(id), [], null, cancellationToken);
            }
            else if (!_renewed.TryGetValue(id, out long at) || _time.GetElapsedTime(at) >= FleetClaim.Renewal)
            {
                _renewed[id] = _time.GetTimestamp();
                await PublishAsync(_topics.FleetClaim(id), claim.ToBytes(), FleetClaim.Expiry, cancellationToken);
            }
        }
    }

    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs told)
    {
        MqttApplicationMessage message = told.ApplicationMessage;
        if (message.Topic.StartsWith(_topics.FleetClaim(""), StringComparison.Ordinal))
        {
            Seen(Topics.LastLevel(message.Topic), FleetClaim.Parse(message.Payload.ToArray()));
            return;
        }

        // the next one comes when this one was taken or refused
        told.AutoAcknowledge = false;
        Interlocked.Increment(ref _isTaking);
        _ = TakeAsync(told);
        await Task.CompletedTask;
    }

    private void Seen(string id, FleetClaim? claim)
    {
        if (claim is null)
        {
            _seen.TryRemove(id, out _);
            return;
        }

        _seen[id] = claim;
        if (_own.TryGetValue(id, out FleetClaim? own) && own.YieldsTo(claim))
        {
            Log.GaveWay(_logger, id, claim.Node);
            _jobs.Cancel(job => job.Id == id, new JobError(ErrorCode.Cancelled, $"{claim.Node} works on it"));
        }
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs told)
    {
        CancellationToken cancellationToken = CancellationToken.None;
        try
        {
            // 1. nothing more for now: the subscription ends
            _signal.Set();
            CommandMessage message = MqttNode.ToCommand(told.ApplicationMessage, isFleet: true);
            if (message.IsRetained || !_dispatcher.TryRead(message, out string id, out int attempt))
            {
                await _dispatcher.TakeAsync(message, cancellationToken);
                return;
            }

            // 2. somebody else may be at it
            string topic = _topics.FleetClaim(id);
            FleetClaim claim = new(_topics.NodeName, attempt);
            bool isSubscribed = await _connection.SubscribeAsync(new MqttTopicFilter { Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, cancellationToken);
            await Task.Delay(ClaimWait, _time, cancellationToken);
            if (!isSubscribed || (_seen.TryGetValue(id, out FleetClaim? other) && other.Node != claim.Node && other.Attempt >= attempt))
            {
                await _connection.UnsubscribeAsync(topic, cancellationToken);
                return;
            }

            // 3. claim it, then accept it
            await PublishAsync(topic, claim.ToBytes(), FleetClaim.Expiry, cancellationToken);
            _renewed[id] = _time.GetTimestamp();
            await _dispatcher.TakeAsync(message, cancellationToken);
            _own[id] = claim;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Mqtt.Log.HandlingFailed(_logger, fault, told.ApplicationMessage.Topic);
        }
        finally
        {
            // who asked asks again when nobody accepts
            await AcknowledgeAsync(told);
            Interlocked.Decrement(ref _isTaking);
            _signal.Set();
        }
    }

    private static async Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs told)
    {
        try
        {
            await told.AcknowledgeAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // the connection is gone, and with it the message
        }
    }

    private Task<int?> PublishAsync(string topic, byte[] payload, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (expiry is { } time)
        {
            builder = builder.WithMessageExpiryInterval((uint)time.TotalSeconds);
        }

        return _connection.PublishAsync(builder.Build(), cancellationToken);
    }
}
