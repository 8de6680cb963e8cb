using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Appliance.Service.Configuration;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Mqtt.AudioIn;
using Appliance.Service.Storage;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Takes commands: reads, checks and enqueues them, or does at once what takes no time. Never waits for work.</summary>
internal sealed class CommandDispatcher
{
    private static readonly TimeSpan SystemEventExpiry = TimeSpan.FromSeconds(30);

    private readonly CommandParser _parser;
    private readonly NodeParts _node;
    private readonly JobLedger _ledger;
    private readonly AudioStreams _streams;
    private readonly OutboxTable _outbox;
    private readonly MqttRoutes _routes;
    private readonly Topics _topics;
    private readonly NodeReasons _reasons;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    public CommandDispatcher(
        CommandParser parser, NodeParts node, JobLedger ledger, AudioStreams streams, OutboxTable outbox, MqttRoutes routes, Topics topics, NodeReasons reasons, ILogger logger)
    {
        (_parser, _node, _ledger, _streams, _outbox, _routes, _topics, _reasons, _logger) = (parser, node, ledger, streams, outbox, routes, topics, reasons, logger);
    }

    /// <summary>Takes a message. What it changes at once is changed before the first wait.</summary>
    /// <returns>Complete when the message may be acknowledged: what it asks for is on the disk, or was answered.</returns>
    public async Task TakeAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        // an empty retained message only takes away what was retained
        if (message is { IsRetained: true, Payload.IsEmpty: true })
        {
            return;
        }

        if (!_parser.TryParse(message, out CommandCall? call, out CommandFault? fault))
        {
            await RefuseAsync(fault!.Call, fault.Error, fault.HasId);
            return;
        }

        if (message.IsRetained)
        {
            await RefuseAsync(call!, new JobError(ErrorCode.StaleRetained, "commands must not be retained: the broker would give them again for ever; publish it without the retain flag, and take the retained one away"), hasId: true);
            return;
        }

        if (message.IsFleet && !call!.HasOwnId)
        {
            await RefuseAsync(call, new JobError(ErrorCode.BadRequest, "id: shared work needs one, chosen by who asks for it"), hasId: true);
        }
        else if (JobKinds.Find(call!.Verb) is { } kind)
        {
            await SubmitAsync(call, kind);
        }
        else if (CommandList.Find(call.Verb) is { } command)
        {
            await RunAsync(call, command, cancellationToken);
        }
        else
        {
            string? nearest = NearestName.Find(call.Verb, CommandList.Names);
            await RefuseAsync(call, new JobError(ErrorCode.BadRequest, $"unknown verb: {(nearest is null ? $"use one of {string.Join(", ", CommandList.Names)}" : $"did you mean {nearest}?")}"), hasId: true);
        }
    }

    /// <summary>Reads the id and the number of the try of shared work; false when it is not as it must be.</summary>
    public bool TryRead(CommandMessage message, out string id, out int attempt)
    {
        bool isRead = _parser.TryParse(message, out CommandCall? call, out _) && call!.HasOwnId;
        (id, attempt) = isRead ? (call!.Id, call.Attempt) : ("", 0);
        return isRead;
    }

    private async Task SubmitAsync(CommandCall call, IJobKind kind)
    {
        JobAudio? audio = null;
        JsonObject parameters = call.Parameters;
        bool isStored = false;
        try
        {
            // 1. what can be told at once
            _node.Jobs.CheckRoom();
            kind.Complete(parameters, _node.Settings.Current);
            _node.Models.Find(new JobParameters(parameters).Text("model")!, kind.TakesAudio ? Inference.Models.ModelKinds.Whisper : Inference.Models.ModelKinds.Diffusion);

            // 2. audio, in memory only
            if (kind.TakesAudio)
            {
                audio = call.Audio is { } bytes ? AudioKinds.Take(bytes) : null;
                if (call.Stream is { } stream)
                {
                    _streams.Open(call.Id, parameters, stream);
                }
                else if (audio is null)
                {
                    throw new JobException(ErrorCode.BadRequest, "audio: is missing; send it in base64, or as a stream");
                }
            }

            // 3. on the disk, then to the scheduler
            JobTicket ticket = call.ToTicket(kind.TakesAudio ? null : parameters);
            Admission admission = await _node.Jobs.SubmitAsync(ticket, parameters, audio, call.Deadline);
            isStored = admission.Kind == AdmissionKind.Stored;
            Log.Command(_logger, call.Verb, call.Id, admission.Kind.ToString());
            await AnswerAsync(call, admission);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await RefuseAsync(call, JobFaults.Describe(fault), hasId: true);
        }
        finally
        {
            if (!isStored)
            {
                audio?.Dispose();
                if (call.Stream is { } stream && !_node.Jobs.Snapshot.Any(job => job.Id == call.Id))
                {
                    _streams.Close(stream.Name);
                }
            }
        }
    }

    private async Task RunAsync(CommandCall call, ICommand command, CancellationToken cancellationToken)
    {
        // a message that the broker sends twice is done once
        if (call.HasOwnId && !_running.TryAdd(call.Id, true))
        {
            return;
        }

        try
        {
            if (call.HasOwnId && _ledger.Find(call.Id) is { } before && (call.IsRedelivery || !before.IsRetryable))
            {
                await RecordAsync(call, null, null);
                return;
            }

            JsonObject? data = null;
            JobError? error = null;
            try
            {
                data = await command.RunAsync(call.Parameters, _node, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                error = JobFaults.Describe(fault);
                if (error.Code == ErrorCode.Internal)
                {
                    Log.HandlingFailed(_logger, fault, call.Verb);
                }
            }

            Log.Command(_logger, call.Verb, call.Id, error is null ? "done" : ErrorCodes.NameOf(error.Code));
            await RecordAsync(call, data, error);
        }
        finally
        {
            _running.TryRemove(call.Id, out _);
        }
    }

    /// <summary>Answers a request that is not taken.</summary>
    private async Task RefuseAsync(CommandCall call, JobError error, bool hasId)
    {
        Log.Command(_logger, call.Verb, call.Id, ErrorCodes.NameOf(error.Code));
        if (!hasId && call.ReplyTo is null)
        {
            await TellSystemAsync(call.Verb, error);
            return;
        }

        await RecordAsync(call, null, error);
    }

    private async Task RecordAsync(CommandCall call, JsonObject? data, JobError? error)
    {
        JobTicket ticket = call.ToTicket(null);
        try
        {
            await AnswerAsync(call, await _ledger.AdmitAsync(ticket, data, error, isOutcome: true));
            _reasons.Set(NodeReasons.DiskFull, false);
        }
        catch (StorageException fault)
        {
            // it can't even be written that it was refused: the answer goes out from memory
            _reasons.Set(NodeReasons.DiskFull, fault.Code == StorageError.DiskFull);
            Envelope envelope = _ledger.Unstorable(ticket, error ?? JobFaults.Describe(fault));
            _ledger.Unstored(_routes.MessagesOf(ticket, envelope));
        }
    }

    private async Task AnswerAsync(CommandCall call, Admission admission)
    {
        if (admission.Kind != AdmissionKind.Conflict)
        {
            return;
        }

        JobError error = new(ErrorCode.BadRequest, $"the id {call.Id} belongs to another request: choose a new one for each");
        if (call.ReplyTo is not { } reply)
        {
            await TellSystemAsync(call.Verb, error);
            return;
        }

        Envelope envelope = await _ledger.ConflictAsync(call.Id, error);
        await _outbox.Add([new OutboxMessage(OutboxClass.Event, reply, envelope.Bytes) { Correlation = call.Correlation, Job = call.Id, Sequence = envelope.Sequence }]);
    }

    private async Task TellSystemAsync(string verb, JobError error)
    {
        JsonObject told = new() { ["event_type"] = ErrorCodes.NameOf(error.Code), ["verb"] = verb, ["message"] = error.Message };
        OutboxMessage message = new(OutboxClass.Event, _topics.SystemEvent, EnvelopeFactory.Bytes(told)) { Expiry = SystemEventExpiry };
        try
        {
            await _outbox.Add([message]);
        }
        catch (StorageException)
        {
            _ledger.Unstored([message]);
        }
    }
}
