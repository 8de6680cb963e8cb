using System.Text.Json.Nodes;
using Appliance.Native;
using Appliance.Service.Jobs;
using Appliance.Service.Mqtt.Fleet;
using Appliance.Speech.Capture;

namespace Appliance.Service.Mqtt.Client;

/// <summary>
/// Gives recordings to a fleet and collects their transcripts (control-plane.md §2.6): one at a time is offered, the next when a worker has
/// accepted it; what is not accepted, or whose worker gives no sign of life, is offered again; the first outcome of each counts.
/// </summary>
internal sealed class FleetRequester
{
    private const int MostAttempts = 20;
    private static readonly TimeSpan AcceptWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewalWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeastProgressWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NobodyWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OfferExpiry = TimeSpan.FromSeconds(30);

    private readonly NodeClient _client;
    private readonly Topics _topics;
    private readonly JsonObject _parameters;
    private readonly TimeProvider _time;
    private readonly string _reply;
    private readonly List<FleetJob> _waiting;
    private readonly Dictionary<string, FleetJob> _running = new(StringComparer.Ordinal);
    private FleetJob? _offered;
    private long _notBefore;

    /// <param name="client">The connection.</param>
    /// <param name="baseTopic">First levels of all topics.</param>
    /// <param name="jobs">The recordings.</param>
    /// <param name="parameters">How they are transcribed.</param>
    /// <param name="time">The clock.</param>
    public FleetRequester(NodeClient client, string baseTopic, IEnumerable<FleetJob> jobs, JsonObject parameters, TimeProvider time)
    {
        (_client, _parameters, _time) = (client, parameters, time);
        _topics = new Topics(baseTopic, "fleet");
        _reply = _topics.FleetReplies + client.Id;
        _waiting = [.. jobs];
    }

    /// <summary>Told of each job that has ended, once.</summary>
    public event Action<FleetJob>? Ended;

    /// <summary>Told of what happens meanwhile.</summary>
    public event Action<string>? Noted;

    /// <summary>Tries beyond the first of all jobs.</summary>
    public int Retries { get; private set; }

    /// <summary>Works until every job has an outcome.</summary>
    /// <exception cref="BrokerUnavailableException">The broker is gone.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _client.SubscribeAsync(cancellationToken, _reply, _topics.FleetClaim("+"));
        while (_waiting.Count + _running.Count > 0 || _offered is not null)
        {
            await OfferNextAsync(cancellationToken);
            await ReadAsync(cancellationToken);
            GiveUpSilentOnes();
        }
    }

    private async Task OfferNextAsync(CancellationToken cancellationToken)
    {
        if (_offered is not null || _waiting.Count == 0 || _time.GetTimestamp() < _notBefore)
        {
            return;
        }

        FleetJob job = _waiting[0];
        _waiting.RemoveAt(0);
        job.Attempt++;
        (job.Worker, job.Offered, job.Remaining) = (null, _time.GetTimestamp(), null);
        JsonObject message = new()
        {
            ["id"] = job.Id,
            ["attempt"] = job.Attempt,
            ["reply_to"] = _reply,
            ["params"] = _parameters.DeepClone(),
            ["audio"] = RecordingSender.Describe(stream: null),
        };
        if (await _client.PublishAsync(_topics.FleetWork("transcribe"), EnvelopeFactory.Bytes(message), cancellationToken, OfferExpiry))
        {
            _offered = job;
            return;
        }

        // every worker is busy, or there is none: nothing was sent, so that it is no try either
        job.Attempt--;
        _waiting.Insert(0, job);
        _notBefore = _time.GetTimestamp() + (long)(NobodyWait.TotalSeconds * _time.TimestampFrequency);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        look.CancelAfter(Look);
        try
        {
            do
            {
                Take(await _client.Messages.ReadAsync(look.Token), cancellationToken);
            }
            while (_client.Messages.TryPeek(out _));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // nothing came
        }
        catch (System.Threading.Channels.ChannelClosedException fault)
        {
            throw new BrokerUnavailableException("the connection to the broker broke: start it again, finished transcripts are not made twice", isForbidden: false, fault);
        }
    }

    private void Take(ClientMessage message, CancellationToken cancellationToken)
    {
        if (message.Topic != _reply)
        {
            if (FleetClaim.Parse(message.Payload) is { } claim && _running.TryGetValue(Topics.LastLevel(message.Topic), out FleetJob? claimed) && claim.Attempt == claimed.Attempt)
            {
                claimed.LastSign = _time.GetTimestamp();
            }

            return;
        }

        if (JsonNode.Parse(message.Payload) is not JsonObject envelope || envelope["id"]?.GetValue<string>() is not { } id || JobOf(id) is not { } job)
        {
            return;
        }

        switch (envelope["type"]?.GetValue<string>())
        {
            case EnvelopeTypes.Accepted when (envelope["data"]?["attempt"]?.GetValue<int>() == job.Attempt) && job.Worker is null:
                Accept(job, envelope["node"]?.GetValue<string>() ?? "", cancellationToken);
                break;
            case EnvelopeTypes.Progress or EnvelopeTypes.Started when envelope["node"]?.GetValue<string>() == job.Worker:
                Progress(job, envelope);
                break;
            case EnvelopeTypes.Result:
                End(job, envelope);
                break;
            case EnvelopeTypes.Failed or EnvelopeTypes.Cancelled when job.Worker is null || envelope["node"]?.GetValue<string>() == job.Worker:
                Fail(job, envelope);
                break;
            default:
                break;
        }
    }

    private FleetJob? JobOf(string id) => _running.GetValueOrDefault(id) ?? (_offered?.Id == id ? _offered : _waiting.Find(job => job.Id == id));

    private void Accept(FleetJob job, string worker, CancellationToken cancellationToken)
    {
        _offered = _offered == job ? null : _offered;
        job.Worker = worker;
        job.LastSign = job.LastProgress = _time.GetTimestamp();
        _running[job.Id] = job;
        Noted?.Invoke($"{job.File}: {worker} works on it{(job.Attempt > 1 ? $" (try {job.Attempt})" : "")}");
        job.Sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = SendAsync(job, worker, job.Sending.Token);
    }

    private async Task SendAsync(FleetJob job, string worker, CancellationToken cancellationToken)
    {
        try
        {
            AudioInput input = new(job.File, new AudioFileOptions());
            await RecordingSender.SendAsync(_client, new Topics(_topics.Base, worker).AudioStream(job.Id), input, null, cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or AudioInputException or BrokerUnavailableException)
        {
            // the worker says that the stream broke off, or its claim ends: another try
        }
    }

    private void Progress(FleetJob job, JsonObject envelope)
    {
        long now = _time.GetTimestamp();
        if (envelope["data"]?["percent"]?.GetValue<double>() is > 0 and double percent)
        {
            job.Remaining = _time.GetElapsedTime(job.Offered, now) * ((100 - percent) / percent);
        }

        job.LastSign = job.LastProgress = now;
    }

    private void End(FleetJob job, JsonObject outcome)
    {
        job.Outcome = outcome;
        job.Sending?.Cancel();
        _running.Remove(job.Id);
        _waiting.Remove(job);
        _offered = _offered == job ? null : _offered;
        Ended?.Invoke(job);
    }

    private void Fail(FleetJob job, JsonObject outcome)
    {
        bool isRetryable = outcome["error"]?["retryable"]?.GetValue<bool>() ?? false;

        // a worker that gave way to another one is no failure
        bool gaveWay = outcome["type"]?.GetValue<string>() == EnvelopeTypes.Cancelled;
        if ((isRetryable || gaveWay) && job.Attempt < MostAttempts)
        {
            TryAgain(job, outcome["error"]?["message"]?.GetValue<string>() ?? "failed");
        }
        else
        {
            End(job, outcome);
        }
    }

    private void GiveUpSilentOnes()
    {
        if (_offered is { } offered && _time.GetElapsedTime(offered.Offered) >= AcceptWait)
        {
            TryAgain(offered, "nobody accepted it");
        }

        foreach (FleetJob job in _running.Values.ToArray())
        {
            TimeSpan patience = 3 * (job.Remaining ?? TimeSpan.Zero);
            patience = patience > LeastProgressWait ? patience : LeastProgressWait;
            if (_time.GetElapsedTime(job.LastSign) >= RenewalWait)
            {
                TryAgain(job, $"{job.Worker} gives no sign of life");
            }
            else if (_time.GetElapsedTime(job.LastProgress) >= patience)
            {
                TryAgain(job, $"{job.Worker} makes no progress");
            }
        }
    }

    private void TryAgain(FleetJob job, string why)
    {
        Retries++;
        Noted?.Invoke($"{job.File}: {why}; it is offered again");
        job.Sending?.Cancel();
        _running.Remove(job.Id);
        _offered = _offered == job ? null : _offered;
        if (job.Attempt >= MostAttempts)
        {
            End(job, new JsonObject { ["type"] = EnvelopeTypes.Failed, ["error"] = new JobError(ErrorCode.DeadlineExceeded, $"{MostAttempts} tries came to nothing, the last one because {why}: look at the workers").ToJson() });
            return;
        }

        // what was begun before goes first
        _waiting.Insert(0, job);
    }
}
