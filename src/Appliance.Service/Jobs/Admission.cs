namespace Appliance.Service.Jobs;

/// <summary>What became of a request when it came in.</summary>
/// <param name="Kind">What.</param>
/// <param name="Envelope">What was said first, or the stored outcome's bytes where there is one already.</param>
internal sealed record Admission(AdmissionKind Kind, byte[] Envelope);
