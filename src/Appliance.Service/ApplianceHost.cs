using Appliance.Service.Configuration;
using Appliance.Service.Devices;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Engines;
using Appliance.Service.Mqtt;
using Appliance.Service.Mqtt.Commands;
using Appliance.Service.Mqtt.Fleet;
using Appliance.Service.Storage;
using Microsoft.Extensions.Logging;

namespace Appliance.Service;

/// <summary>The service: puts its parts together, runs them, and takes them down in order.</summary>
internal sealed class ApplianceHost(RuntimeSettings settings, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan TendInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan JobPatience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LeastTimeBetweenRestarts = TimeSpan.FromMinutes(2);

    /// <summary>Runs until it is cancelled, or a restart is asked for.</summary>
    /// <exception cref="StorageException">The state can't be used.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // 1. the state: one service on it at a time
        string folder = settings.Current.Storage.Directory;
        using StateDatabase database = StateDatabase.Open(folder, time, logger);
        using StateLock taken = StateLock.Take(folder);
        MetaTable meta = new(database);
        OutboxTable outbox = new(database, time, logger);
        HistoryTable history = new(database, time, logger);

        // 2. the parts
        Topics topics = new(settings.Current.Mqtt.Base, NodeName.Of(settings.Current.Node, folder));
        EnvelopeFactory envelopes = new(topics.NodeName, time);
        NodeReasons reasons = new();
        NodeMetrics metrics = new(time);
        using ModelPool models = new(() => settings.Current, time, logger);
        DeviceTurns device = new();
        JobLedger ledger = new(database, outbox, envelopes, time, logger);
        using JobScheduler jobs = new(ledger, device, models, outbox, () => settings.Current, time, logger);
        JobRecords records = new(history, metrics, () => settings.Current);
        jobs.History = records.HistoryOf;
        jobs.Ended += records.Count;
        using Microphone microphone = new(() => settings.Current, models, device, meta.Flag("muted"), isMuted => meta.SetFlag("muted", isMuted), time, logger);
        settings.Changed += (before, after) =>
        {
            if (before.Speech != after.Speech || before.Capture != after.Capture)
            {
                microphone.Restart();
            }
        };
        microphone.Changed += () => Tell(microphone, reasons);
        NodeStatus status = new(jobs, microphone, reasons, envelopes);
        Gauges(metrics, jobs, outbox, models, folder);

        // 3. the broker
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using BrokerChoice broker = await BrokerChoice.MakeAsync(settings.Current.Mqtt, reasons, logger);
        NodeContext context = new()
        {
            Topics = topics,
            Settings = settings,
            Database = database,
            Outbox = outbox,
            Ledger = ledger,
            Jobs = jobs,
            Models = models,
            Microphone = microphone,
            Reasons = reasons,
            Status = status,
            Metrics = metrics,
            Envelopes = envelopes,
            Time = time,
        };
        long started = time.GetTimestamp();
        NodeParts parts = new()
        {
            Jobs = jobs,
            Models = models,
            Settings = settings,
            Microphone = microphone,
            Time = time,
            Restart = () =>
            {
                if (time.GetElapsedTime(started) < LeastTimeBetweenRestarts)
                {
                    return false;
                }

                // the answer goes out first
                stop.CancelAfter(TimeSpan.FromSeconds(1));
                return true;
            },
        };
        using MqttNode node = new(context, () => MqttOptions.Control(broker.Settings, topics), parts, logger);
        _ = new TranscriptPublisher(context, history, node.SendNow, ledger.Unstored, logger);
        reasons.Set(NodeReasons.DatabaseSetAside, database.Problem is not null);
        reasons.Set(NodeReasons.SettingsPassedOver, settings.Warnings.Count > 0);
        await jobs.RecoverAsync();
        Log.Running(logger, topics.Node, folder);

        // 4. run
        using CancellationTokenSource broken = new();
        FleetWorker fleet = new(() => MqttOptions.Transient(broker.Settings, $"edge-{topics.NodeName}-fleet", receiveMaximum: 1), node.Dispatcher, jobs, topics, settings.Current.Mqtt.Fleet, time, logger);
        Task talking = Task.WhenAll(node.RunAsync(broken.Token), fleet.RunAsync(broken.Token));
        Thread listening = new(() => microphone.Run(stop.Token)) { Name = "microphone", IsBackground = true };
        listening.Start();
        status.Started();
        long wiped = meta.Count(HistoryTable.WipeCount);
        await TendAsync(async () =>
        {
            models.Sweep();
            await TidyAsync(database, ledger, outbox, history, reasons);

            // 'appliance history wipe' works on the database alone: what the broker keeps is ours to take away
            if (meta.Count(HistoryTable.WipeCount) is var count && count != wiped)
            {
                wiped = count;
                await node.ClearKeptAsync(stop.Token);
            }
        }, stop.Token);

        // 5. stop: what is being said, the jobs, what waits for the broker, then the word that we are gone
        status.Stopping();
        Log.Stopping(logger);
        await Task.WhenAny(Task.Run(listening.Join, CancellationToken.None), Task.Delay(LastWordsPatience, CancellationToken.None));
        await jobs.StopAsync(JobPatience);
        await node.SayGoodbyeAsync(DrainPatience);
        await broken.CancelAsync();
        await talking;
    }

    /// <summary>Does what is due every now and then.</summary>
    private async Task TendAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(TendInterval, time);
        try
        {
            do
            {
                await TryAsync(action);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // the service stops
        }
    }

    /// <summary>What fails now is done the next time: nothing here may end the service.</summary>
    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.NotTidied(logger, fault.Message);
        }
    }

    private async Task TidyAsync(StateDatabase database, JobLedger ledger, OutboxTable outbox, HistoryTable history, NodeReasons reasons)
    {
        try
        {
            await ledger.ForgetAsync();
            await outbox.Age();
            StorageSettings storage = settings.Current.Storage;
            await history.RetainAsync(storage.RetentionDays, storage.MaxBytes);
            await database.Checkpoint();
            reasons.Set(NodeReasons.DiskFull, false);
        }
        catch (StorageException fault)
        {
            reasons.Set(NodeReasons.DiskFull, fault.Code == StorageError.DiskFull);
            Log.NotTidied(logger, fault.Message);
        }
    }

    /// <summary>What the microphone's state means for the node.</summary>
    private static void Tell(Microphone microphone, NodeReasons reasons)
    {
        reasons.Set(NodeReasons.NoMicrophone, microphone.IsWanted && microphone.State == "absent");
        reasons.Set(NodeReasons.ModelUnusable, microphone is { Fault: not null, IsModelFault: true });
        reasons.Set(NodeReasons.ListeningFailed, microphone is { Fault: not null, IsModelFault: false, State: not "absent" });
    }

    private static void Gauges(NodeMetrics metrics, JobScheduler jobs, OutboxTable outbox, ModelPool models, string folder)
    {
        SystemMemory memory = new();
        foreach (string kind in Jobs.Work.JobKinds.Names)
        {
            metrics.Gauge($"appliance_jobs_queued.{kind}", () => jobs.Snapshot.Count(job => job.Kind == kind && job.State != JobState.Running));
        }

        metrics.Gauge("appliance_outbox_entries", () => outbox.Count());
        metrics.Gauge("appliance_outbox_dropped_total", () => outbox.Dropped);
        metrics.Gauge("appliance_memory_available_bytes", () => memory.Available);
        metrics.Gauge("appliance_disk_free_bytes", () => new DriveInfo(folder).AvailableFreeSpace);
        metrics.Gauge("appliance_model_memory_bytes", () => models.Loaded.Sum(model => model.Bytes));
    }
}
