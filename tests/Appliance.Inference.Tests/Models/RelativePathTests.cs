using Appliance.Inference.Models;

namespace Appliance.Inference.Tests.Models;

public sealed class RelativePathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resolve_ChainOfLinksThroughFolders_EndsAtTheFile()
    {
        string file = _folder.Write("real/deep/file", "x");
        Directory.CreateSymbolicLink(_folder["one"], "real");
        Directory.CreateSymbolicLink(_folder["two"], _folder["one", "deep"]);
        File.CreateSymbolicLink(_folder["three"], "two/../deep/file");

        Assert.Equal(RelativePath.Resolve(file), RelativePath.Resolve(_folder["three"]));
    }

    [Fact]
    public void Resolve_LinkToItself_Fails()
    {
        File.CreateSymbolicLink(_folder["loop"], "loop");

        Assert.Throws<IOException>(() => RelativePath.Resolve(_folder["loop"]));
    }

    [Fact]
    public void StaysInside_SiblingWithTheSamePrefix_IsOutside()
    {
        _folder.Write("model-secret/file", "x");
        Directory.CreateDirectory(_folder["model"]);
        File.CreateSymbolicLink(_folder["model", "file"], "../model-secret/file");

        Assert.False(RelativePath.StaysInside(_folder["model"], "file"));
    }
}
