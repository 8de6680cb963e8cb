using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_capture_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CaptureInfo
{
    public uint StructSize;
    public int SampleRateHz;
    public int Channels;
    public int Bits;
    public int IsConverted;
    public int PeriodFrames;
    public int BufferFrames;

    internal static unsafe CaptureInfo Create() => new() { StructSize = (uint)sizeof(CaptureInfo) };
}
