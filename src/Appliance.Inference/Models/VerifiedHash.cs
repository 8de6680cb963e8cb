using Appliance.Native;

namespace Appliance.Inference.Models;

/// <summary>The hash of a file as it was when it had that identity.</summary>
internal sealed record VerifiedHash(ulong Device, ulong Inode, long Bytes, long ModifiedNanoseconds, long ChangedNanoseconds, string Sha256)
{
    public static VerifiedHash Of(FileIdentity file, string sha256) =>
        new(file.Device, file.Inode, file.Bytes, file.ModifiedNanoseconds, file.ChangedNanoseconds, sha256);

    public bool IsOf(FileIdentity file) => this == Of(file, Sha256);
}
