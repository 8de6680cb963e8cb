using System.Text.Json.Nodes;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Storage;
using Appliance.Speech.Listening;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Mqtt;

/// <summary>Tells what the microphone hears: final texts for sure, others while the broker is there.</summary>
internal sealed class TranscriptPublisher
{
    private static readonly TimeSpan PartialExpiry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FinalExpiry = TimeSpan.FromSeconds(3600);

    private readonly NodeContext _context;
    private readonly HistoryTable _history;
    private readonly Action<string, JsonObject, TimeSpan?> _sendNow;
    private readonly Action<IReadOnlyList<OutboxMessage>> _unstored;
    private readonly ILogger _logger;

    /// <param name="context">The node.</param>
    /// <param name="history">Where texts are kept, if they are.</param>
    /// <param name="sendNow">Sends what may get lost.</param>
    /// <param name="unstored">Sends what can't be stored.</param>
    /// <param name="logger">Told what can't be stored.</param>
    public TranscriptPublisher(NodeContext context, HistoryTable history, Action<string, JsonObject, TimeSpan?> sendNow, Action<IReadOnlyList<OutboxMessage>> unstored, ILogger logger)
    {
        (_context, _history, _sendNow, _unstored, _logger) = (context, history, sendNow, unstored, logger);
        context.Microphone.Heard += Take;
    }

    private void Take(ListenEvent told)
    {
        switch (told)
        {
            case FinalEvent final:
                Count(final);
                _ = PublishAsync(JsonNode.Parse(ListenEventJson.Of(final))!.AsObject(), final.Text.Length > 0 ? "final" : "empty", final);
                break;
            case PartialEvent:
                JsonObject partial = JsonNode.Parse(ListenEventJson.Of(told))!.AsObject();
                partial["node"] = _context.Topics.NodeName;
                partial["untrusted"] = true;
                _sendNow(_context.Topics.TranscriptPartial, partial, PartialExpiry);
                break;
            case DroppedEvent dropped:
                _context.Metrics.Count($"appliance_speech_dropped_total.{dropped.Reason}");
                break;
            case GapEvent gap:
                _context.Metrics.Count(gap.Reason == Speech.Capture.GapReason.Xrun ? "appliance_capture_xruns_total" : "appliance_capture_gaps_total");
                _context.Metrics.Count("appliance_capture_lost_seconds_total", gap.End - gap.Start);
                if (gap.Reason == Speech.Capture.GapReason.Overload)
                {
                    // speech was heard and there will be no text of it
                    _ = PublishAsync(JsonNode.Parse(ListenEventJson.Of(gap))!.AsObject(), "error", null);
                }

                break;
            default:
                break;
        }
    }

    private void Count(FinalEvent final)
    {
        if (final.LatencyMs is { } latency)
        {
            _context.Metrics.Measure("appliance_speech_final_latency_seconds", latency / 1000);
        }
    }

    private async Task PublishAsync(JsonObject document, string eventType, FinalEvent? final)
    {
        string kept = document.ToJsonString();
        document["event_type"] = eventType;
        document["ts"] = _context.Envelopes.Timestamp;
        document["age_ms"] = 0;
        document["node"] = _context.Topics.NodeName;
        document["untrusted"] = true;
        try
        {
            await _context.Database.Write(connection =>
            {
                long sequence = MetaTable.Next(connection, "transcript_seq");
                document["seq"] = sequence;
                _context.Outbox.Add(connection, [MessageOf(document, sequence)]);
                if (final is { Text.Length: > 0 } && _context.Settings.Current.Storage.RetentionDays > 0)
                {
                    _history.AddTranscript(connection, "microphone", null, final.Text, final.Language, final.End - final.Start, kept);
                }
            });
            _context.Outbox.Tell();
        }
        catch (StorageException fault)
        {
            Storage.Log.NotStored(_logger, "a transcript", fault.Message);
            _context.Reasons.Set(NodeReasons.DiskFull, fault.Code == StorageError.DiskFull);
            _unstored([MessageOf(document, 0)]);
        }
    }

    private OutboxMessage MessageOf(JsonObject document, long sequence) =>
        new(OutboxClass.Transcript, _context.Topics.Transcript, EnvelopeFactory.Bytes(document)) { Expiry = FinalExpiry, Sequence = sequence };
}
