using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>The entry of a loaded libonnxruntime.so, whose first two functions every version has: enough to ask whether it may be used.</summary>
public sealed unsafe class OnnxRuntimeBase
{
    private readonly Table* _table;

    private OnnxRuntimeBase(Table* table, string version)
    {
        _table = table;
        Version = version;
    }

    /// <summary>What the library says of itself, such as "1.31.1".</summary>
    public string Version { get; }

    /// <summary>Reads the entry; null when the library is something else.</summary>
    /// <param name="library">Handle of <see cref="NativeLibrary.Load(string)"/>, which must stay loaded.</param>
    public static OnnxRuntimeBase? TryRead(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export))
        {
            return null;
        }

        Table* table = ((delegate* unmanaged<Table*>)export)();
        if (table is null || table->GetApi is null || table->GetVersionString is null)
        {
            return null;
        }

        return Marshal.PtrToStringUTF8((nint)table->GetVersionString()) is { Length: > 0 } version ? new(table, version) : null;
    }

    /// <summary>Whether the library has that version of its API. One that has not says so on standard error: compare <see cref="Version"/> first.</summary>
    public bool HasApi(int version) => _table->GetApi((uint)version) != 0;

    /// <summary><c>OrtApiBase</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Table
    {
        public delegate* unmanaged<uint, nint> GetApi;
        public delegate* unmanaged<byte*> GetVersionString;
    }
}
