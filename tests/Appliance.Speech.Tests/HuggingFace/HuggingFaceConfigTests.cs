using Appliance.Speech.Recognition.Graphs;
using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Speech.Recognition.Graphs.HuggingFace;

namespace Appliance.Speech.Tests.HuggingFace;

public sealed class WhisperConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-config").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WhisperConfig_GivesItsSizes()
    {
        Write("config.json", Sizes());

        WhisperConfig config = WhisperConfig.Read(_folder);

        Assert.Equal((384, 4, 6, 64), (config.StateSize, config.DecoderLayers, config.DecoderHeads, config.HeadSize));
        Assert.Equal((448, 1500, 3000), (config.TextContext, config.AudioContext, config.Frames));
        Assert.Equal((80, 51864), (config.MelCount, config.VocabularySize));
    }

    [Theory]
    [InlineData("d_model")]
    [InlineData("decoder_layers")]
    [InlineData("vocab_size")]
    public void Read_SizeMissing_NamesIt(string name)
    {
        JsonObject sizes = Sizes();
        sizes.Remove(name);
        Write("config.json", sizes);

        ModelException problem = Assert.Throws<ModelException>(() => WhisperConfig.Read(_folder));

        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.Contains($"'{name}'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"d_model\": ", ModelError.Damaged)]
    [InlineData("[1]", ModelError.Damaged)]
    [InlineData(null, ModelError.Incomplete)]
    public void Read_FileUnusable_SaysWhich(string? text, ModelError code)
    {
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(_folder, "config.json"), text);
        }

        ModelException problem = Assert.Throws<ModelException>(() => WhisperConfig.Read(_folder));

        Assert.Equal(code, problem.Code);
        Assert.Contains("config.json", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("[[11, 0], [1, 0]]")]
    [InlineData("[[1, 6]]")]
    [InlineData("[[1, -1]]")]
    [InlineData("[[1]]")]
    [InlineData("\"none\"")]
    public void AlignmentHeads_NoneThatFit_AreTheUpperHalfOfTheLayers(string? list)
    {
        Write("config.json", Sizes());
        Write("generation_config.json", list is null ? [] : new JsonObject { ["alignment_heads"] = JsonNode.Parse(list) });

        IReadOnlyList<AlignmentHead> heads = AlignmentHeads.Read(_folder, WhisperConfig.Read(_folder));

        Assert.Equal(12, heads.Count);
        Assert.Equal(new AlignmentHead(2, 0), heads[0]);
        Assert.Equal(new AlignmentHead(3, 5), heads[^1]);
    }

    [Fact]
    public void AlignmentHeads_ListThatFits_KeepsItsOrder()
    {
        Write("config.json", Sizes());
        Write("generation_config.json", new JsonObject { ["alignment_heads"] = JsonNode.Parse("[[3, 1], [1, 0]]") });

        IReadOnlyList<AlignmentHead> heads = AlignmentHeads.Read(_folder, WhisperConfig.Read(_folder));

        Assert.Equal([new AlignmentHead(3, 1), new AlignmentHead(1, 0)], heads);
    }

    private static JsonObject Sizes() => new()
    {
        ["d_model"] = 384,
        ["decoder_layers"] = 4,
        ["decoder_attention_heads"] = 6,
        ["max_target_positions"] = 448,
        ["max_source_positions"] = 1500,
        ["num_mel_bins"] = 80,
        ["vocab_size"] = 51864,
    };

    private void Write(string name, JsonObject content) => File.WriteAllText(Path.Combine(_folder, name), content.ToJsonString());
}
