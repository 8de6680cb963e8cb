using System.Security.Cryptography;
using System.Text;
using Appliance.Inference.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Inference.Tests.Models;

/// <summary>Two roots and the means to fill them with small, correct models.</summary>
internal sealed class ModelFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelFixture()
    {
        FirstRoot = Directory.CreateDirectory(_folder["first"]).FullName;
        SecondRoot = Directory.CreateDirectory(_folder["second"]).FullName;
        Catalog = NewCatalog();
    }

    public string Path => _folder.Path;

    public string FirstRoot { get; }

    public string SecondRoot { get; }

    public string CachePath => _folder["cache", "appliance", "model-hashes.json"];

    /// <summary>An hour ahead, so that files count as settled.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow().AddHours(1));

    public ModelCatalog Catalog { get; }

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public ModelCatalog NewCatalog() => new([FirstRoot, SecondRoot], CachePath, NullLogger.Instance, Time);

    /// <summary>Writes a model of two files, <c>weights.bin</c> and <c>sub/extra.txt</c>.</summary>
    public string AddModel(string root, string name, string kind = ModelKinds.Whisper, string weights = "weights")
    {
        string folder = System.IO.Path.Combine(root, name);
        Directory.CreateDirectory(System.IO.Path.Combine(folder, "sub"));
        List<ModelFile> files = [];
        foreach ((string path, string text) in new[] { ("weights.bin", weights), ("sub/extra.txt", "extra") })
        {
            byte[] content = Encoding.UTF8.GetBytes(text);
            File.WriteAllBytes(System.IO.Path.Combine(folder, path), content);
            files.Add(new() { Path = path, Bytes = content.Length, Sha256 = HashOf(content) });
        }

        ModelManifestFile.Write(folder, new() { Name = name, Kind = kind, Licence = "MIT", Origin = "test", Files = files });
        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
