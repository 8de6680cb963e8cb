using Appliance.Imaging.Models;
using Appliance.Imaging.Tests.Golden;
using Appliance.Inference.Models;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>Parts that a model's folder may have or lack.</summary>
public sealed class OptionalPartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.0f, true, true)]
    [InlineData(0.99f, true, false)]
    [InlineData(0.0f, false, false)]
    public void Draw_WithASafetyChecker_WithholdsWhatItObjectsTo(float bound, bool isChecked, bool isWithheld)
    {
        CopyEmbedded();
        _folder.Write("safety_checker/model.onnx", SafetyGraph.ObjectsAbove(bound));
        using DiffusionModel model = Load();
        DrawnImage drawn = new ImagePipeline(model).Draw(EmbeddedModel.Request("an owl", 1) with { Steps = 2, IsChecked = isChecked }, null, Token);
        Assert.Equal(isWithheld, drawn.IsWithheld);
        Assert.Equal(isWithheld, drawn.Image.Pixels.All(value => value == 0));
        Assert.Equal(isWithheld, drawn.Warnings.Any(warning => warning.Contains("safety checker", StringComparison.Ordinal)));
    }

    [Fact]
    public void Draw_TinyDecoder_IsUsedWhenAskedFor()
    {
        CopyEmbedded();
        CopyPart("vae_decoder", "vae_decoder_tiny");
        using DiffusionModel model = Load();
        ImagePipeline pipeline = new(model);
        ImageRequest request = EmbeddedModel.Request("an owl", 1) with { Steps = 2 };
        DrawnImage own = pipeline.Draw(request, null, Token);
        DrawnImage tiny = pipeline.Draw(request with { Decoder = "tiny" }, null, Token);
        Assert.Equal(("vae", "tiny"), (own.Decoder, tiny.Decoder));

        // the copy of the config has the same scaling factor
        Assert.Equal(own.Image.Pixels, tiny.Image.Pixels);
    }

    [Fact]
    public void Check_TinyDecoderThatIsNotThere_SaysSo()
    {
        using DiffusionModel model = EmbeddedModel.Load();
        ImagingException problem = Assert.Throws<ImagingException>(() => new ImagePipeline(model).Check(EmbeddedModel.Request("x", 1) with { Decoder = "tiny" }));
        Assert.Contains("has no tiny decoder", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_DecoderThatOverflows_IsRepeatedInFloat32()
    {
        CopyFrom(GoldenFolder.Require("packs", "fp16"));
        _folder.Write("vae_decoder/config.json", "{\"scaling_factor\": 0.00001, \"block_out_channels\": [1, 1, 1, 1]}");
        ImageRequest request = EmbeddedModel.Request("a red apple", 1) with { Steps = 2, Width = 64, Height = 64 };
        using (DiffusionModel alone = Load())
        {
            ImagingException problem = Assert.Throws<ImagingException>(() => new ImagePipeline(alone).Draw(request, null, Token));
            Assert.Equal(ImagingError.NotFinite, problem.Code);
            Assert.Contains("no numbers", problem.Message, StringComparison.Ordinal);
        }

        foreach (string file in Directory.EnumerateFiles(GoldenFolder.Require("packs", "sd-diffusers", "vae_decoder")))
        {
            _folder.Write("vae_decoder_float32/" + Path.GetFileName(file), File.ReadAllBytes(file));
        }

        using DiffusionModel model = Load();
        Assert.Equal("vae-float32", new ImagePipeline(model).Draw(request, null, Token).Decoder);
    }

    [Theory]
    [InlineData("unet/model.onnx")]
    [InlineData("text_encoder/model.onnx")]
    [InlineData("vae_decoder/model.onnx")]
    [InlineData("scheduler/scheduler_config.json")]
    public void Load_MissingPart_IsNamed(string file)
    {
        CopyEmbedded();
        File.Delete(_folder[file]);
        ModelException problem = Assert.Throws<ModelException>(() => Load().Dispose());
        Assert.Equal(ModelError.Incomplete, problem.Code);
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vae_encoder/model.onnx", "draw without --init")]
    [InlineData("tokenizer/vocab.json", "vocab.json is missing")]
    [InlineData("tokenizer/merges.txt", "merges.txt is missing")]
    public void Draw_MissingPartThatIsNeededLater_IsNamed(string file, string expected)
    {
        CopyEmbedded();
        File.Delete(_folder[file]);
        using DiffusionModel model = Load();
        ImageRequest request = EmbeddedModel.Request("x", 1) with { Steps = 2, Init = new(128, 128, new byte[128 * 128 * 3]) };
        ModelException problem = Assert.Throws<ModelException>(() => new ImagePipeline(model).Draw(request, null, Token));
        Assert.Equal(ModelError.Incomplete, problem.Code);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scheduler/scheduler_config.json", "{\"_class_name\": \"DDIMScheduler\", \"prediction_type\": \"guess\"}", "prediction_type guess")]
    [InlineData("scheduler/scheduler_config.json", "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"algorithm_type\": \"sde-dpmsolver++\"}", "algorithm_type")]
    [InlineData("scheduler/scheduler_config.json", "{\"_class_name\": \"DDIMScheduler\", \"num_train_timesteps\": 1e99}", "num_train_timesteps")]
    [InlineData("scheduler/scheduler_config.json", "[]", "it is not an object")]
    [InlineData("scheduler/scheduler_config.json", "{", "can't be read as JSON")]
    [InlineData("vae_decoder/config.json", "{\"scaling_factor\": 0}", "scaling_factor")]
    [InlineData("unet/config.json", "{\"in_channels\": 9}", "takes 9 channels")]
    public void Load_WrongConfiguration_SaysWhat(string file, string content, string expected)
    {
        CopyEmbedded();
        File.Delete(_folder[file]);
        _folder.Write(file, content);
        ModelException problem = Assert.Throws<ModelException>(() => Load().Dispose());
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_PartsOfDifferentModels_SaysSo()
    {
        CopyFrom(GoldenFolder.Require("packs", "lcm"));
        foreach (string file in new[] { "text_encoder/model.onnx", "tokenizer/vocab.json", "tokenizer/merges.txt" })
        {
            _folder.Write(file, File.ReadAllBytes(EmbeddedModel.Folder.FilePath(file)));
        }

        using DiffusionModel model = Load();
        ImageRequest request = EmbeddedModel.Request("x", 1) with { Width = 64, Height = 64 };
        ModelException problem = Assert.Throws<ModelException>(() => new ImagePipeline(model).Draw(request, null, Token));
        Assert.Contains("embeddings of width 32 as input, the text encoder gives 192", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_GraphOfAnotherKind_SaysSo()
    {
        CopyEmbedded();
        File.Delete(_folder["unet", "model.onnx"]);
        _folder.Write("unet/model.onnx", Appliance.Testing.Onnx.TinyGraph.PlusOne());
        using DiffusionModel model = Load();
        ModelException problem = Assert.Throws<ModelException>(() => new ImagePipeline(model).Draw(EmbeddedModel.Request("x", 1), null, Token));
        Assert.Equal(ModelError.Unsupported, problem.Code);
    }

    private DiffusionModel Load() => DiffusionModel.Load(
        new(_folder.Path, new() { Name = "test", Kind = ModelKinds.Diffusion, Licence = "unknown", Origin = "test", Files = [] }), EmbeddedModel.Sessions);

    private void CopyEmbedded() => CopyFrom(EmbeddedModel.Folder.Path);

    private void CopyFrom(string source)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            _folder.Write(Path.GetRelativePath(source, file), File.ReadAllBytes(file));
        }
    }

    private void CopyPart(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(_folder[from]))
        {
            _folder.Write(Path.Combine(to, Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }
}
