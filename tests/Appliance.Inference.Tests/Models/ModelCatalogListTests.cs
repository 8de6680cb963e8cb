using Appliance.Inference.Models;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelCatalogListTests : IDisposable
{
    private readonly ModelFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void List_AbsentRoots_IsEmpty() => Assert.Empty(new ModelCatalog(["/nonexistent/a", "/nonexistent/b"]).List());

    [Fact]
    public void List_SameNameTwice_ReportsTheSecond()
    {
        string first = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        string second = _fixture.AddModel(_fixture.SecondRoot, "tiny");

        IReadOnlyList<ModelEntry> entries = _fixture.Catalog.List();

        Assert.Equal([first, second], entries.Select(entry => entry.Path));
        Assert.Null(entries[0].Problem);
        Assert.Equal(ModelError.AlreadyThere, entries[1].Problem!.Code);
        Assert.Equal(first, entries[1].HiddenBy);
    }

    [Fact]
    public void List_FolderWithoutManifest_SaysHowToAdoptIt()
    {
        Directory.CreateDirectory(Path.Combine(_fixture.FirstRoot, "bare"));

        ModelEntry entry = Assert.Single(_fixture.Catalog.List());

        Assert.Equal("bare", entry.Name);
        Assert.Equal(ModelError.Incomplete, entry.Problem!.Code);
        Assert.Contains("appliance models add", entry.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_MissingFile_ReportsItWithoutHashing()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        File.Delete(Path.Combine(path, "weights.bin"));

        ModelEntry entry = Assert.Single(_fixture.Catalog.List());

        Assert.Equal(ModelError.Incomplete, entry.Problem!.Code);
        Assert.NotNull(entry.Manifest);
        Assert.False(File.Exists(_fixture.CachePath));
    }

    [Fact]
    public void List_HiddenFolder_IsSkipped()
    {
        Directory.CreateDirectory(Path.Combine(_fixture.FirstRoot, ".adding-tiny"));

        Assert.Empty(_fixture.Catalog.List());
    }
}
