using System.Runtime.InteropServices;
using System.Text.Json;
using Appliance.Testing;

namespace Appliance.Imaging.Tests.Golden;

/// <summary>shared/golden/imaging: what diffusers and torch gave (README there).</summary>
internal static class GoldenFolder
{
    /// <summary>A path below it; skips the running test when it is not there.</summary>
    public static string Require(params string[] parts) => SharedFolder.Require(["golden", "imaging", .. parts]);

    /// <summary>A JSON file.</summary>
    public static JsonElement Json(params string[] parts)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Require(parts)));
        return document.RootElement.Clone();
    }

    /// <summary>Values of a binary file from a byte on.</summary>
    public static T[] Values<T>(byte[] file, int offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(file.AsSpan(offset))[..count].ToArray();
}
