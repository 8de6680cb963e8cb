using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_capture_result</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CaptureResult
{
    public uint StructSize;
    public int Event;
    public long Count;
    public long CapturedNs;
    public int Error;
    public int Reserved;

    internal static unsafe CaptureResult Create() => new() { StructSize = (uint)sizeof(CaptureResult) };
}
