namespace Appliance.Speech.Tests.Capture;

/// <summary>A folder of one test, removed with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("appliance-test-");

    public string Path => _folder.FullName;

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content.ToArray());
        return path;
    }

    /// <summary>A shell script that stands in for a program.</summary>
    public string WriteScript(string name, string body)
    {
        string path = Write(name, System.Text.Encoding.UTF8.GetBytes("#!/bin/sh\n" + body + "\n"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
