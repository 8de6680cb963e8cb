using Appliance.Inference.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelCatalogRemoveTests : IDisposable
{
    private readonly ModelFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Remove_Model_IsGone()
    {
        _fixture.AddModel(_fixture.FirstRoot, "tiny");

        _fixture.Catalog.Remove("tiny");

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.FirstRoot));
    }

    [Fact]
    public void Remove_FirstOfTwoWithOneName_LeavesTheOther()
    {
        _fixture.AddModel(_fixture.FirstRoot, "tiny");
        string second = _fixture.AddModel(_fixture.SecondRoot, "tiny");

        _fixture.Catalog.Remove("tiny");

        Assert.Equal(second, _fixture.Catalog.Find("tiny", ModelKinds.Whisper).Path);
    }

    [Fact]
    public void Remove_DamagedManifest_IsGone()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        File.WriteAllText(Path.Combine(path, "manifest.json"), "{");

        _fixture.Catalog.Remove("tiny");

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Remove_FolderWithoutManifest_StaysAsItIs()
    {
        string path = Directory.CreateDirectory(Path.Combine(_fixture.FirstRoot, "photos")).FullName;
        File.WriteAllText(Path.Combine(path, "holiday.jpg"), "x");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _fixture.Catalog.Remove("photos")).Code);
        Assert.True(File.Exists(Path.Combine(path, "holiday.jpg")));
    }

    [Fact]
    public void Remove_LinkedModel_RemovesTheLinkOnly()
    {
        string path = _fixture.AddModel(_fixture.Path, "tiny");
        Directory.CreateSymbolicLink(Path.Combine(_fixture.FirstRoot, "tiny"), path);

        _fixture.Catalog.Remove("tiny");

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.FirstRoot));
        Assert.True(File.Exists(Path.Combine(path, "weights.bin")));
    }

    [Fact]
    public void Remove_BuiltInModel_IsRefused()
    {
        string builtIn = Directory.CreateDirectory(Path.Combine(_fixture.Path, "usr", "share", "appliance", "models")).FullName;
        string path = _fixture.AddModel(builtIn, "tiny");
        ModelCatalog catalog = new([builtIn], cachePath: null, NullLogger.Instance, TimeProvider.System);

        ModelException fault = Assert.Throws<ModelException>(() => catalog.Remove("tiny"));

        Assert.Equal(ModelError.NotWritable, fault.Code);
        Assert.Contains("built in", fault.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(path, "weights.bin")));
    }

    [Fact]
    public void Remove_UnknownName_ListsTheKnown()
    {
        _fixture.AddModel(_fixture.FirstRoot, "tiny");

        Assert.EndsWith("use one of tiny", Assert.Throws<ModelException>(() => _fixture.Catalog.Remove("big")).Message, StringComparison.Ordinal);
    }
}
