using System.Buffers.Binary;
using Appliance.Inference.Providers;
using Appliance.Native;

namespace Appliance.Inference.Tests.Providers;

public sealed class ElfFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NeededLibraries_OurOwnLibrary_NamesWhatItIsLinkedWith()
    {
        IReadOnlyList<string> needed = ElfFile.NeededLibraries(NativeRuntime.LibraryPath);

        Assert.Contains("libsndfile.so.1", needed);
        Assert.Contains("libc.so.6", needed);
        Assert.All(needed, name => Assert.Contains(".so", name, StringComparison.Ordinal));
    }

    [Fact]
    public void NeededLibraries_NoSuchFile_IsEmpty() => Assert.Empty(ElfFile.NeededLibraries("/nonexistent.so"));

    [Fact]
    public void NeededLibraries_TextFile_IsEmpty() => Assert.Empty(ElfFile.NeededLibraries(_folder.Write("x.so", new string('x', 500))));

    [Fact]
    public void NeededLibraries_DamagedFile_NeverFails()
    {
        byte[] whole = File.ReadAllBytes(NativeRuntime.LibraryPath);
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            byte[] bytes = whole.AsSpan(0, random.Next(whole.Length)).ToArray();
            for (int i = 0; i < 8 && bytes.Length > 1024; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(random.Next(24, 1000)), random.NextInt64());
            }

            _ = ElfFile.NeededLibraries(_folder.Write("x.so", bytes));
        }
    }
}
