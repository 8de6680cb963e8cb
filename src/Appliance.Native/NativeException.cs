using System.Diagnostics.CodeAnalysis;
using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>A call into libappliance.so failed, or the library could not be loaded.</summary>
public sealed class NativeException : Exception
{
    /// <summary>With the library's own sentence as message.</summary>
    public NativeException(NativeStatus status, string message, string? path = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
        Path = path;
    }

    /// <summary>What went wrong.</summary>
    public NativeStatus Status { get; }

    /// <summary>The file it went wrong with, or null.</summary>
    public string? Path { get; }

    /// <summary>Throws for any status but <see cref="NativeStatus.Ok"/>; a caller's mistake as <see cref="ArgumentException"/>.</summary>
    internal static void ThrowIfFailed(int status, string? path = null)
    {
        if (status != (int)NativeStatus.Ok)
        {
            Throw((NativeStatus)status, path);
        }
    }

    [DoesNotReturn]
    private static void Throw(NativeStatus status, string? path)
    {
        string message = NativeText.LastError();
        throw status is NativeStatus.InvalidArgument or NativeStatus.BufferTooSmall
            ? new ArgumentException(message)
            : new NativeException(status, message, path);
    }
}
