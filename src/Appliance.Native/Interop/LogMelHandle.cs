using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary>Owns an <c>apl_log_mel</c>.</summary>
internal sealed class LogMelHandle : SafeHandle
{
    public LogMelHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.LogMelDestroy(handle) == (int)NativeStatus.Ok;
}
