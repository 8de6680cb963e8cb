using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_audio_file_statistics</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AudioFileStatisticsData
{
    public uint StructSize;
    public int ChannelUsed;
    public int CancelledChannels;
    public int DecoderErrors;
    public long SourceFrames;
    public long NonFiniteSamples;
    public long DeclaredShortfallFrames;

    internal static unsafe AudioFileStatisticsData Create() => new() { StructSize = (uint)sizeof(AudioFileStatisticsData) };
}
