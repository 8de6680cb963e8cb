using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary>Owns an <c>apl_capture</c>.</summary>
internal sealed class CaptureHandle : SafeHandle
{
    public CaptureHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.CaptureClose(handle) == (int)NativeStatus.Ok;
}
