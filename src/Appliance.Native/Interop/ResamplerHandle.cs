using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary>Owns an <c>apl_resampler</c>.</summary>
internal sealed class ResamplerHandle : SafeHandle
{
    public ResamplerHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.ResamplerDestroy(handle) == (int)NativeStatus.Ok;
}
