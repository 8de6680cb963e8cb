using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_file_identity</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileIdentityData
{
    public uint StructSize;
    public uint Mode;
    public ulong Device;
    public ulong Inode;
    public long Bytes;
    public long ModifiedNanoseconds;
    public long ChangedNanoseconds;

    internal static unsafe FileIdentityData Create() => new() { StructSize = (uint)sizeof(FileIdentityData) };
}
