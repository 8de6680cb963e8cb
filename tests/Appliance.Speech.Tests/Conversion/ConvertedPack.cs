using System.Diagnostics;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Conversion;

/// <summary>A pack that scripts/convert-whisper has just made in a temporary folder, which goes with this object.</summary>
internal sealed class ConvertedPack : IDisposable
{
    private static readonly string Script = Path.Combine(RepositoryFolder.Path, "scripts", "convert-whisper");

    private ConvertedPack(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Converts <paramref name="source"/>; skips the running test where Debian's Python lacks what the script needs.</summary>
    public static ConvertedPack From(string source, string precision, string attention, params string[] more)
    {
        if (Run("/usr/bin/python3", ["-c", "import numpy, onnx"]) is not (0, _))
        {
            Assert.Skip("python3-numpy and python3-onnx are not installed");
        }

        string folder = Directory.CreateTempSubdirectory("converted-").FullName;
        (int status, string said) = Run(
            Script,
            [source, Path.Combine(folder, "pack"), "--precision", precision, "--attention", attention, "--licence", "MIT", .. more]);
        Assert.True(status == 0, said);
        return new ConvertedPack(Path.Combine(folder, "pack"));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    private static (int Status, string Said) Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
