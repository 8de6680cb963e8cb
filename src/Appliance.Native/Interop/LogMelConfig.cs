using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary><c>apl_log_mel_config</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LogMelConfig
{
    public uint StructSize;
    public int MelCount;
    public int SimdLevel;

    internal static unsafe LogMelConfig Create(int melCount, int simdLevel) =>
        new() { StructSize = (uint)sizeof(LogMelConfig), MelCount = melCount, SimdLevel = simdLevel };
}
