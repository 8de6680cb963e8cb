using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary>Owns an <c>apl_audio_file</c>.</summary>
internal sealed class AudioFileHandle : SafeHandle
{
    public AudioFileHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.AudioFileClose(handle) == (int)NativeStatus.Ok;
}
