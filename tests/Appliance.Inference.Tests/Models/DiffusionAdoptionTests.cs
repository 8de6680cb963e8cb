using Appliance.Inference.Models;
using Appliance.Testing.Onnx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Inference.Tests.Models;

public sealed class DiffusionAdoptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelCatalog _catalog;

    public DiffusionAdoptionTests() => _catalog = new([_folder["root"]], cachePath: null, NullLogger.Instance, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_DiffusersFolder_WritesAManifestOfWhatIsNeeded()
    {
        string source = DiffusionPack.Write(_folder, "Painter");
        _folder.Write("Painter/unet/diffusion_pytorch_model.bin", "not needed");
        _folder.Write("Painter/vae/config.json", "{}");

        ModelFolder added = _catalog.Add(source);

        Assert.Equal(("painter", "diffusion", "OpenRAIL", "owner/painter"), (added.Name, added.Manifest.Kind, added.Manifest.Licence, added.Manifest.Origin));
        Assert.Equal(
            [
                "README.md", "model_index.json", "scheduler/scheduler_config.json", "text_encoder/model.onnx", "tokenizer/merges.txt", "tokenizer/vocab.json",
                "unet/config.json", "unet/model.onnx", "vae_decoder/model.onnx", "vae_encoder/model.onnx",
            ],
            added.Manifest.Files.Select(file => file.Path));
        Assert.Equal(added.Path, _catalog.Find("painter", ModelKinds.Diffusion).Path);
        Assert.Equal(64, added.Manifest.Sha256.Length);
    }

    [Fact]
    public void Add_ExternalWeights_ComeAlongAndCountInTheHash()
    {
        string source = DiffusionPack.Write(_folder, "painter");
        string plain = _catalog.Add(source, "plain").Manifest.Sha256;
        _folder.Write("painter/unet/model.onnx", TinyGraph.PlusExternal("weights.pb", 0, 4));
        _folder.Write("painter/unet/weights.pb", new byte[4]);
        ModelFolder added = _catalog.Add(source, "external");
        Assert.Contains("unet/weights.pb", added.Manifest.Files.Select(file => file.Path));

        _folder.Write("painter/unet/weights.pb", new byte[] { 1, 2, 3, 4 });
        string changed = _catalog.Add(source, "changed").Manifest.Sha256;
        Assert.Equal(3, new HashSet<string> { plain, added.Manifest.Sha256, changed }.Count);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public void Add_WeightsOutsideTheFolder_AreRefused(string location)
    {
        string source = DiffusionPack.Write(_folder, "painter");
        _folder.Write("painter/unet/model.onnx", TinyGraph.PlusExternal(location, 0, 4));
        ModelException problem = Assert.Throws<ModelException>(() => _catalog.Add(source));
        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.Empty(_catalog.List());
    }

    [Theory]
    [InlineData("unet/model.onnx")]
    [InlineData("text_encoder/model.onnx")]
    [InlineData("vae_decoder/model.onnx")]
    [InlineData("scheduler/scheduler_config.json")]
    [InlineData("tokenizer/vocab.json")]
    [InlineData("tokenizer/merges.txt")]
    public void Add_MissingPart_IsNamed(string file)
    {
        string source = DiffusionPack.Write(_folder, "painter");
        File.Delete(Path.Combine(source, file));
        ModelException problem = Assert.Throws<ModelException>(() => _catalog.Add(source));
        Assert.Equal(ModelError.Incomplete, problem.Code);
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ChangedFile_SaysThatItIsDamaged()
    {
        ModelFolder added = _catalog.Add(DiffusionPack.Write(_folder, "painter"));
        string path = added.FilePath("unet/config.json");
        File.Delete(path);
        File.WriteAllText(path, "[]");
        ModelException problem = Assert.Throws<ModelException>(() => _catalog.Find("painter", ModelKinds.Diffusion));
        Assert.Equal(ModelError.Damaged, problem.Code);
    }
}
