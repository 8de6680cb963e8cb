using System.Text.Json.Nodes;

namespace Appliance.Service.Mqtt.Client;

/// <summary>A recording that is given to a fleet.</summary>
/// <param name="Id">Id of the job: the same for the same recording and parameters, so that a second call finds the first one's outcome.</param>
/// <param name="File">The recording.</param>
internal sealed record FleetJob(string Id, string File)
{
    /// <summary>Number of the try.</summary>
    public int Attempt { get; set; }

    /// <summary>Who works on it; null while nobody has accepted it.</summary>
    public string? Worker { get; set; }

    /// <summary>When the present try was offered, as a time stamp.</summary>
    public long Offered { get; set; }

    /// <summary>When a sign of life came last, as a time stamp.</summary>
    public long LastSign { get; set; }

    /// <summary>When it was told last how far it is, as a time stamp.</summary>
    public long LastProgress { get; set; }

    /// <summary>Time that the rest will take, by the worker's own progress; null while it has told none.</summary>
    public TimeSpan? Remaining { get; set; }

    /// <summary>The first outcome that came; others are not counted.</summary>
    public JsonObject? Outcome { get; set; }

    /// <summary>Ends the sending of the recording of the present try.</summary>
    public CancellationTokenSource? Sending { get; set; }
}
