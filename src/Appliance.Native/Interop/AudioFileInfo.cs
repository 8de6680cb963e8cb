using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_audio_file_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AudioFileInfo
{
    public uint StructSize;
    public int SampleRateHz;
    public int Channels;
    public int IsPipe;
    public long DeclaredFrames;

    internal static unsafe AudioFileInfo Create() => new() { StructSize = (uint)sizeof(AudioFileInfo) };
}
