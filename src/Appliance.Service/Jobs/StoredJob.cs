namespace Appliance.Service.Jobs;

/// <summary>What is stored of a request.</summary>
/// <param name="Body">Hash of what makes two requests of one id the same.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Sequence">Highest number that was set aside.</param>
/// <param name="Outcome">Its last envelope, when it has ended.</param>
/// <param name="IsRetryable">Whether another try may end otherwise.</param>
internal sealed record StoredJob(byte[] Body, string State, long Sequence, byte[]? Outcome, bool IsRetryable);
