namespace Appliance.Inference.Models;

/// <summary>The hash of a file as it was when it had that identity.</summary>
internal sealed record VerifiedHash(FileIdentity Identity, string Sha256);
