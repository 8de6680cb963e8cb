using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_capture_config</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CaptureConfig
{
    public uint StructSize;
    public int Channel;
    public int Muted;
    public int WaitsForReader;
    public int PeriodMs;
    public int BufferMs;
    public int RingMs;

    internal static unsafe CaptureConfig Create() => new() { StructSize = (uint)sizeof(CaptureConfig) };
}
