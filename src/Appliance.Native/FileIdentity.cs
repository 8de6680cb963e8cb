using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>Which file a path means: two equal identities are the same file with the same content.</summary>
public sealed record FileIdentity
{
    private const uint OthersMayRead = 0b100;

    /// <summary>Type and permissions, <c>st_mode</c>.</summary>
    public required uint Mode { get; init; }

    /// <summary>The file system that the file lies on.</summary>
    public required ulong Device { get; init; }

    /// <summary>Number of the file within its file system.</summary>
    public required ulong Inode { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Last write, nanoseconds since 1970 UTC.</summary>
    public required long ModifiedNanoseconds { get; init; }

    /// <summary>Last change of content, permissions or names, nanoseconds since 1970 UTC; programs can't set it back.</summary>
    public required long ChangedNanoseconds { get; init; }

    /// <summary>Whether users other than its owner and group may read it.</summary>
    public bool IsReadableByAll => (Mode & OthersMayRead) != 0;

    /// <summary>Asks the file system; follows symbolic links.</summary>
    /// <exception cref="NativeException">It is not there or can't be asked.</exception>
    public static FileIdentity Of(string path)
    {
        NativeLibraryLoader.EnsureLoaded();
        FileIdentityData data = FileIdentityData.Create();
        NativeException.ThrowIfFailed(NativeMethods.FileIdentify(path, ref data), path);
        return new()
        {
            Mode = data.Mode,
            Device = data.Device,
            Inode = data.Inode,
            Bytes = data.Bytes,
            ModifiedNanoseconds = data.ModifiedNanoseconds,
            ChangedNanoseconds = data.ChangedNanoseconds,
        };
    }
}
