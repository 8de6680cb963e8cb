using System.Text.Json.Nodes;
using Appliance.Service.Devices;
using Appliance.Service.Jobs;

namespace Appliance.Service.Health;

/// <summary>What the node does now: the message <c>state</c>.</summary>
internal sealed class NodeStatus(JobScheduler jobs, Microphone microphone, NodeReasons reasons, EnvelopeFactory clock)
{
    private readonly Lock _lock = new();
    private readonly string _bootId = Guid.NewGuid().ToString("N")[..12];
    private string _status = "starting";
    private string? _since = clock.Timestamp;
    private JsonObject? _last;
    private long _sequence;
    private bool _isStarting = true;
    private bool _isStopping;

    /// <summary>Everything runs.</summary>
    public void Started() => _isStarting = false;

    /// <summary>It ends.</summary>
    public void Stopping() => _isStopping = true;

    /// <summary>The message, with a new number when something has changed.</summary>
    public JsonObject Create()
    {
        IReadOnlyList<JobSnapshot> snapshot = jobs.Snapshot;
        IReadOnlyList<string> codes = reasons.Codes;
        lock (_lock)
        {
            string status = _isStopping ? "stopping" : _isStarting ? "starting"
                : snapshot.Any(job => job.State == JobState.Running) ? "busy"
                : codes.Any(IsSerious) ? "degraded" : "idle";
            JsonObject state = new()
            {
                ["status"] = status,
                ["listening"] = microphone.IsWanted && microphone.State is "capturing" or "muted",
                ["muted"] = microphone.IsMuted,
                ["mic"] = microphone.State,
                ["jobs"] = new JsonArray([.. snapshot.Select(job => (JsonNode)new JsonObject
                {
                    ["id"] = job.Id,
                    ["kind"] = job.Kind,
                    ["state"] = job.State.ToString().ToLowerInvariant(),
                })]),
                ["queue_depth"] = snapshot.Count(job => job.State is JobState.Queued or JobState.Receiving),
                ["reasons"] = new JsonArray([.. codes.Select(code => (JsonNode)code)]),
            };
            if (_last is not null && JsonNode.DeepEquals(_last, state))
            {
                return Numbered(state);
            }

            _last = state.DeepClone().AsObject();
            _sequence++;
            if (status != _status)
            {
                (_status, _since) = (status, clock.Timestamp);
            }

            return Numbered(state);
        }
    }

    private JsonObject Numbered(JsonObject state)
    {
        state["since"] = _since;
        state["seq"] = _sequence;
        state["boot_id"] = _bootId;
        return state;
    }

    /// <summary>What keeps the node from part of its work; the rest is only worth knowing.</summary>
    private static bool IsSerious(string code) => code is not (NodeReasons.ClockUnsynced or NodeReasons.InsecureBroker or NodeReasons.BrokerPortInUse
        or NodeReasons.NoMicrophone or NodeReasons.SettingsPassedOver);
}
