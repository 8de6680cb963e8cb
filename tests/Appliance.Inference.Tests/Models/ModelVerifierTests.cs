using Appliance.Inference.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelVerifierTests : IDisposable
{
    private readonly ModelFixture _fixture = new();
    private readonly string _folder;
    private readonly string _weights;

    public ModelVerifierTests()
    {
        _folder = _fixture.AddModel(_fixture.FirstRoot, "tiny");
        _weights = Path.Combine(_folder, "weights.bin");
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Verify_Twice_SecondTimeComesFromTheCacheOfAnotherCatalog()
    {
        Assert.All(_fixture.Catalog.Verify("tiny").Files, file => Assert.False(file.FromCache));
        Assert.All(_fixture.NewCatalog().Verify("tiny").Files, file => Assert.True(file.FromCache));
    }

    [Fact]
    public void Verify_IgnoreCache_ReadsEverything()
    {
        _fixture.Catalog.Verify("tiny");

        Assert.All(_fixture.Catalog.Verify("tiny", ignoreCache: true).Files, file => Assert.False(file.FromCache));
    }

    [Fact]
    public void Verify_RewrittenWithItsTimeSetBack_IsNoticed()
    {
        _fixture.Catalog.Verify("tiny");
        DateTime before = File.GetLastWriteTimeUtc(_weights);
        File.WriteAllText(_weights, "veights");
        File.SetLastWriteTimeUtc(_weights, before);

        ModelVerification verification = _fixture.Catalog.Verify("tiny");

        Assert.False(verification.IsIntact);
        Assert.Equal(ModelFileState.WrongHash, verification.Files.Single(file => file.File.Path == "weights.bin").State);
    }

    [Fact]
    public void Verify_ReplacedByAnotherFile_IsNoticed()
    {
        _fixture.Catalog.Verify("tiny");
        File.WriteAllText(_weights + ".new", "veights");
        File.SetLastWriteTimeUtc(_weights + ".new", File.GetLastWriteTimeUtc(_weights));
        File.Move(_weights + ".new", _weights, overwrite: true);

        Assert.False(_fixture.Catalog.Verify("tiny").IsIntact);
    }

    [Fact]
    public void Verify_FileWrittenJustNow_IsNotRemembered()
    {
        ModelCatalog now = new([_fixture.FirstRoot], _fixture.CachePath, NullLogger.Instance, TimeProvider.System);

        now.Verify("tiny");

        Assert.All(now.Verify("tiny").Files, file => Assert.False(file.FromCache));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"/x\": null}")]
    [InlineData("{\"/x\": {\"inode\": 3}}")]
    [InlineData("[]")]
    public void Verify_DamagedCache_CostsTimeOnly(string cache)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_fixture.CachePath)!);
        File.WriteAllText(_fixture.CachePath, cache);

        Assert.True(_fixture.Catalog.Verify("tiny").IsIntact);
        Assert.All(_fixture.NewCatalog().Verify("tiny").Files, file => Assert.True(file.FromCache));
    }

    [Fact]
    public void Verify_CacheThatCantBeWritten_CostsTimeOnly()
    {
        File.WriteAllText(Path.Combine(_fixture.Path, "cache"), "a file where the folder should be");

        Assert.True(_fixture.Catalog.Verify("tiny").IsIntact);
    }

    [Fact]
    public void Verify_SeveralFaults_ReportsEach()
    {
        File.Delete(_weights);
        File.WriteAllText(Path.Combine(_folder, "sub", "extra.txt"), "ex");

        ModelVerification verification = _fixture.Catalog.Verify("tiny");

        Assert.Equal([ModelFileState.Missing, ModelFileState.WrongSize], verification.Files.Select(file => file.State));
        Assert.All(verification.Files, file => Assert.StartsWith(file.Path, file.Detail, StringComparison.Ordinal));
    }
}
