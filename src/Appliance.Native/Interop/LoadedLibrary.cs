namespace Appliance.Native.Interop;

/// <summary>The library after its ABI version has been checked.</summary>
internal sealed record LoadedLibrary(nint Handle, string Path, int AbiVersion);
