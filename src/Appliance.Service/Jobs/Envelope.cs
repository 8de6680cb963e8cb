namespace Appliance.Service.Jobs;

/// <summary>What is said of a job, in the one form that every copy of it has.</summary>
/// <param name="Id">Id of the job.</param>
/// <param name="Type">accepted, started, progress, result, failed or cancelled.</param>
/// <param name="Sequence">Its number among the job's envelopes.</param>
/// <param name="Bytes">The JSON in UTF-8.</param>
internal sealed record Envelope(string Id, string Type, long Sequence, byte[] Bytes)
{
    /// <summary>Whether the job ends with it.</summary>
    public bool IsFinal => Type is EnvelopeTypes.Result or EnvelopeTypes.Failed or EnvelopeTypes.Cancelled;
}
