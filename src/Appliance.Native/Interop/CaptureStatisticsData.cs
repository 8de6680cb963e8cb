using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_capture_statistics</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CaptureStatisticsData
{
    public uint StructSize;
    public int ChannelUsed;
    public int CancelledChannels;
    public int IsRealtime;
    public long CapturedFrames;
    public long LostFrames;
    public long Xruns;
    public long Suspends;
    public long Stalls;
    public long RingOverruns;
    public long MeasuredRateMhz;

    internal static unsafe CaptureStatisticsData Create() => new() { StructSize = (uint)sizeof(CaptureStatisticsData) };
}
