namespace Appliance.Native.Tests;

/// <summary>A folder of one test's own, removed at its end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("appliance-native-");

    internal string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    internal string Write(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
