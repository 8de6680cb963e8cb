using System.Text;

namespace Appliance.Native.Interop;

/// <summary>Text that the library hands over: UTF-8, ended by a zero.</summary>
internal static unsafe class NativeText
{
    /// <summary>The last error of this thread.</summary>
    internal static string LastError()
    {
        Span<byte> text = stackalloc byte[1024];
        fixed (byte* pointer = text)
        {
            return NativeMethods.LastError(pointer, text.Length, out _) == (int)NativeStatus.Ok ? Decode(text) : "unknown error";
        }
    }

    internal static string Decode(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
