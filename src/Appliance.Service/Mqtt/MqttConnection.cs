using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Packets;

namespace Appliance.Service.Mqtt;

/// <summary>
/// A connection to the broker that comes back for ever. Each time it is there it subscribes anew and tells <see cref="Ready"/>; MQTTnet has
/// neither (control-plane.md §0.6). Publishing is thread-safe.
/// </summary>
internal sealed class MqttConnection(Func<MqttClientOptions> options, IReadOnlyList<MqttTopicFilter> filters, TimeProvider time, ILogger logger)
{
    /// <summary>A connection that held as long as this was a good one.</summary>
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(20);

    private readonly Backoff _backoff = new();
    private readonly TakeoverWatch _takeovers = new(time);
    private volatile IMqttClient? _client;
    private string? _lastFault;

    /// <summary>Told of each message, one at a time; must not wait for work.</summary>
    public Func<MqttApplicationMessageReceivedEventArgs, Task> Received { get; set; } = _ => Task.CompletedTask;

    /// <summary>Done each time the connection is there and subscribed.</summary>
    public Func<CancellationToken, Task> Ready { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when the connection came or went, or a conflict began or ended.</summary>
    public event Action? Changed;

    /// <summary>Whether messages can go out.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether somebody else uses the client id.</summary>
    public bool IsConflict => _takeovers.IsConflict;

    /// <summary>The largest packet that the broker takes; null where it says nothing.</summary>
    public long? LargestPacket { get; private set; }

    /// <summary>Whether the broker shares subscriptions.</summary>
    public bool HasSharedSubscriptions { get; private set; } = true;

    /// <summary>Why there is no connection; null while there is one.</summary>
    public string? Fault => _lastFault;

    /// <summary>Connects, and again whenever the connection is lost, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan held = await ConnectOnceAsync(cancellationToken);
            if (held >= Good)
            {
                _backoff.Reset();
            }

            _takeovers.Held(held);
            TimeSpan wait = _backoff.Next();
            await DelayAsync(IsConflict && wait < TakeoverWatch.SlowWait ? TakeoverWatch.SlowWait : wait, cancellationToken);
        }
    }

    /// <summary>Sends a message; for QoS 1 until the broker has it.</summary>
    /// <returns>The broker's reason code, 0 for QoS 0; null when there is no connection, or it broke.</returns>
    public async Task<int?> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        if (_client is not { IsConnected: true } client)
        {
            return null;
        }

        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(PublishTimeout);
            MqttClientPublishResult result = await client.PublishAsync(message, limit.Token);
            return (int)result.ReasonCode;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            Log.PublishFailed(logger, message.Topic, fault.Message);
            return null;
        }
    }

    /// <summary>Subscribes beyond the filters of every connection, until it breaks.</summary>
    /// <returns>False when there is no connection or the broker refuses.</returns>
    public async Task<bool> SubscribeAsync(MqttTopicFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            if (_client is not { IsConnected: true } client)
            {
                return false;
            }

            MqttClientSubscribeResult result = await client.SubscribeAsync(new MqttClientSubscribeOptions { TopicFilters = [filter] }, cancellationToken);
            return result.Items.All(item => (int)item.ResultCode < 0x80);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.PublishFailed(logger, filter.Topic, fault.Message);
            return false;
        }
    }

    /// <summary>Ends such a subscription.</summary>
    public async Task UnsubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        try
        {
            if (_client is { IsConnected: true } client)
            {
                await client.UnsubscribeAsync(new MqttClientUnsubscribeOptions { TopicFilters = [filter] }, cancellationToken);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.PublishFailed(logger, filter, fault.Message);
        }
    }

    /// <summary>Whether a message fits into a packet of the broker's, with room for its topic and properties.</summary>
    public bool Fits(int payloadBytes, string topic) => LargestPacket is not { } largest || payloadBytes + topic.Length + 256 <= largest;

    private async Task<TimeSpan> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        TaskCompletionSource<MqttClientDisconnectReason> gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += told =>
        {
            // what the broker said stands in the exception
            gone.TrySetResult(told.Exception is MqttClientUnexpectedDisconnectReceivedException said ? (MqttClientDisconnectReason)(said.ReasonCode ?? 0) : told.Reason);
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += told => Received(told);
        long started = 0;
        try
        {
            // MQTTnet's own limit does not hold where a token is given
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(MqttOptions.ConnectTimeout);
            MqttClientConnectResult answer = await client.ConnectAsync(options(), limit.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw new MqttRefusedException($"the broker refused the connection: {answer.ResultCode} {answer.ReasonString}".TrimEnd());
            }

            started = time.GetTimestamp();
            LargestPacket = answer.MaximumPacketSize is > 0 and uint most ? most : null;
            HasSharedSubscriptions = answer.SharedSubscriptionAvailable;
            await SubscribeAllAsync(client, limit.Token);
            _client = client;
            IsConnected = true;
            _lastFault = null;
            Log.Connected(logger);
            Changed?.Invoke();
            await Ready(cancellationToken);
            using CancellationTokenRegistration stop = cancellationToken.Register(() => gone.TrySetCanceled(cancellationToken));
            MqttClientDisconnectReason reason = await gone.Task;
            // mosquitto closes the old connection so soon after its word that the word is often lost: a connection that was good and breaks
            // again and again within seconds has the same reason
            if (reason == MqttClientDisconnectReason.SessionTakenOver || time.GetElapsedTime(started) < Good)
            {
                _takeovers.TakenOver();
            }

            Tell($"the connection was lost ({reason})");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await LeaveAsync(client);
        }
        catch (Exception fault)
        {
            Tell(fault is OperationCanceledException ? $"no answer within {MqttOptions.ConnectTimeout.TotalSeconds:0} s" : Innermost(fault));
        }
        finally
        {
            _client = null;
            IsConnected = false;
            Changed?.Invoke();
        }

        return started == 0 ? TimeSpan.Zero : time.GetElapsedTime(started);
    }

    private async Task SubscribeAllAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        if (filters.Count == 0)
        {
            return;
        }

        MqttClientSubscribeResult result = await client.SubscribeAsync(new MqttClientSubscribeOptions { TopicFilters = [.. filters] }, cancellationToken);
        foreach (MqttClientSubscribeResultItem item in result.Items.Where(item => (int)item.ResultCode >= 0x80))
        {
            Log.NotSubscribed(logger, item.TopicFilter.Topic, item.ResultCode.ToString());
        }
    }

    private static async Task LeaveAsync(IMqttClient client)
    {
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            await client.DisconnectAsync(new MqttClientDisconnectOptions { Reason = MqttClientDisconnectOptionsReason.NormalDisconnection, SessionExpiryInterval = 300 }, limit.Token);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // the broker will notice
        }
    }

    private async Task DelayAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(wait, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // the loop sees it
        }
    }

    /// <summary>Each new fault once: a broker that is away for a day must not fill the log.</summary>
    private void Tell(string fault)
    {
        if (_lastFault != fault)
        {
            _lastFault = fault;
            Log.NotConnected(logger, fault);
        }
    }

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is { } inner)
        {
            fault = inner;
        }

        return fault.Message;
    }
}
