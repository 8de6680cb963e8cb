using Appliance.Inference.Models;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelCatalogFindTests : IDisposable
{
    private readonly ModelFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Find_NameInSecondRoot_ReturnsItsFolder()
    {
        string path = _fixture.AddModel(_fixture.SecondRoot, "tiny");

        ModelFolder folder = _fixture.Catalog.Find("tiny", ModelKinds.Whisper);

        Assert.Equal(path, folder.Path);
        Assert.Equal("tiny", folder.Name);
    }

    [Fact]
    public void Find_NameInBothRoots_PrefersTheFirst()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        _fixture.AddModel(_fixture.SecondRoot, "tiny");

        Assert.Equal(path, _fixture.Catalog.Find("tiny", ModelKinds.Whisper).Path);
    }

    [Fact]
    public void Find_PathOfAFolderOutsideTheRoots_ReturnsIt()
    {
        string path = _fixture.AddModel(_fixture.Path, "elsewhere");

        Assert.Equal(path, _fixture.Catalog.Find(path + "/", ModelKinds.Whisper).Path);
    }

    [Fact]
    public void Find_UnknownName_ListsTheKnownOnesOfThatKind()
    {
        _fixture.AddModel(_fixture.FirstRoot, "beta");
        _fixture.AddModel(_fixture.SecondRoot, "alpha");
        _fixture.AddModel(_fixture.SecondRoot, "voice", ModelKinds.Vad);

        ModelException fault = Assert.Throws<ModelException>(() => _fixture.Catalog.Find("gamma", ModelKinds.Whisper));

        Assert.Equal(ModelError.UnknownModel, fault.Code);
        Assert.EndsWith("use one of alpha, beta", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ModelOfAnotherKind_SaysWhichKindItIs()
    {
        _fixture.AddModel(_fixture.FirstRoot, "voice", ModelKinds.Vad);

        ModelException fault = Assert.Throws<ModelException>(() => _fixture.Catalog.Find("voice", ModelKinds.Whisper));

        Assert.Equal(ModelError.UnknownModel, fault.Code);
        Assert.Contains("is of kind vad, not whisper", fault.Message, StringComparison.Ordinal);
        Assert.Contains("appliance models add", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OneBitChanged_IsDamaged()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny", weights: "weights");
        File.WriteAllText(Path.Combine(path, "weights.bin"), "veights");

        ModelException fault = Assert.Throws<ModelException>(() => _fixture.Catalog.Find("tiny", ModelKinds.Whisper));

        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Equal(Path.Combine(path, "weights.bin"), fault.Path);
    }

    [Fact]
    public void Find_FileShortened_IsDamagedAndNamesBothSizes()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        File.WriteAllText(Path.Combine(path, "weights.bin"), "wei");

        ModelException fault = Assert.Throws<ModelException>(() => _fixture.Catalog.Find("tiny", ModelKinds.Whisper));

        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Contains("has 3 bytes, its manifest says 7", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FileMissing_IsIncompleteAndNamesIt()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        File.Delete(Path.Combine(path, "sub/extra.txt"));

        ModelException fault = Assert.Throws<ModelException>(() => _fixture.Catalog.Find("tiny", ModelKinds.Whisper));

        Assert.Equal(ModelError.Incomplete, fault.Code);
        Assert.Equal(Path.Combine(path, "sub/extra.txt"), fault.Path);
    }

    [Fact]
    public void Find_LinkOutOfTheFolder_IsRefused()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        string weights = Path.Combine(path, "weights.bin");
        string outside = Path.Combine(_fixture.Path, "weights.bin");
        File.Move(weights, outside);
        File.CreateSymbolicLink(weights, "../../weights.bin");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _fixture.Catalog.Find("tiny", ModelKinds.Whisper)).Code);
    }

    [Fact]
    public void Find_LinkedDirectoryOutOfTheFolder_IsRefused()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        string outside = Path.Combine(_fixture.Path, "outside");
        Directory.Move(Path.Combine(path, "sub"), outside);
        Directory.CreateSymbolicLink(Path.Combine(path, "sub"), outside);

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _fixture.Catalog.Find("tiny", ModelKinds.Whisper)).Code);
    }

    [Fact]
    public void Find_LinkWithinTheFolder_IsFollowed()
    {
        string path = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        File.Move(Path.Combine(path, "weights.bin"), Path.Combine(path, "blob"));
        File.CreateSymbolicLink(Path.Combine(path, "weights.bin"), "blob");

        Assert.Equal(path, _fixture.Catalog.Find("tiny", ModelKinds.Whisper).Path);
    }

    [Fact]
    public void Find_ModelFolderThatIsALinkItself_IsFollowed()
    {
        string path = _fixture.AddModel(_fixture.Path, "tiny");
        Directory.CreateSymbolicLink(Path.Combine(_fixture.FirstRoot, "tiny"), path);

        Assert.Equal("tiny", _fixture.Catalog.Find("tiny", ModelKinds.Whisper).Name);
    }

    [Theory]
    [InlineData("whisper-base", ModelKinds.Whisper)]
    [InlineData("whisper-tiny.en", ModelKinds.Whisper)]
    [InlineData("silero-vad", ModelKinds.Vad)]
    [InlineData("emoji-diffusion", ModelKinds.Diffusion)]
    public void Find_SharedModel_IsIntact(string name, string kind)
    {
        ModelCatalog catalog = new([Testing.SharedFolder.Require("models")]);

        Assert.Equal(name, catalog.Find(name, kind).Name);
    }
}
