namespace Appliance.Service.Jobs;

/// <summary>What an envelope can say.</summary>
internal static class EnvelopeTypes
{
    /// <summary>The request was taken; it will have an outcome.</summary>
    public const string Accepted = "accepted";

    /// <summary>Work has begun.</summary>
    public const string Started = "started";

    /// <summary>How far it is.</summary>
    public const string Progress = "progress";

    /// <summary>It is done.</summary>
    public const string Result = "result";

    /// <summary>It could not be done.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody cancelled it.</summary>
    public const string Cancelled = "cancelled";
}
