using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_audio_file_config</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AudioFileConfig
{
    public uint StructSize;
    public int Channel;

    internal static unsafe AudioFileConfig Create(int channel) => new() { StructSize = (uint)sizeof(AudioFileConfig), Channel = channel };
}
