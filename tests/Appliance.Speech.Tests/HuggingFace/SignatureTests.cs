using System.Text;
using Appliance.Inference.Models;
using Appliance.Speech.Recognition.Graphs.HuggingFace;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>Graphs that are no Whisper of a known layout, made from one that is by changing names in its file.</summary>
public sealed class SignatureTests
{
    private const string Merged = "merged-fp32";

    [Theory]
    [InlineData("encoder_hidden_states", "encoder_hidden_statez")]
    [InlineData("input_ids", "input_idz")]
    [InlineData("use_cache_branch", "use_cache_branck")]
    [InlineData("past_key_values.1.encoder.value", "past_key_values.1.encoder.valuz")]
    [InlineData("past_key_values.1.decoder.key", "past_key_values.7.decoder.key")]
    public void Graphs_DecoderInputOfAnotherName_NamesIt(string name, string other)
    {
        ModelException problem = Refused(Merged, decoder: bytes => Rename(bytes, name, other));

        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.True(
            problem.Message.Contains($"'{name}'", StringComparison.Ordinal)
            || problem.Message.Contains($"'{other}'", StringComparison.Ordinal),
            problem.Message);
    }

    [Theory]
    [InlineData("logits", "logitz")]
    [InlineData("present.0.decoder.key", "present.9.decoder.key")]
    [InlineData("present.1.encoder.key", "present.1.encoder.kez")]
    public void Graphs_DecoderOutputMissing_NamesIt(string name, string other)
    {
        ModelException problem = Refused(Merged, decoder: bytes => Rename(bytes, name, other));

        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.Contains($"'{name}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_EncoderInputOfAnotherName_NamesIt()
    {
        ModelException problem = Refused(Merged, encoder: bytes => Rename(bytes, "input_features", "input_featurez"));

        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.Contains("'input_features'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_UnknownInputAdded_NamesIt()
    {
        ModelException problem = Refused(Merged, decoder: bytes => AddInput(bytes, "style_embedding"));

        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.Contains("'style_embedding'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_NumberOfLogitsToKeep_IsFed()
    {
        using TinyRandomPack pack = TinyRandomPack.Open(Merged);
        using HuggingFaceGraphs graphs = new(
            Open(pack, bytes => bytes, bytes => AddInput(bytes, "num_logits_to_keep")), pack.Config, pack.Heads);
        graphs.Encode(pack.Features(1), 1, pack.Config.Frames, CancellationToken.None);

        graphs.Prompt(pack.Golden.Steps[0].InputIds[0], 4, [3], CancellationToken.None);

        GoldenAssert.Near(pack.Golden.Steps[0].Logits.Rows[0].LastFirst32, graphs.Logits(0, 0), pack.Tolerance);
    }

    [Fact]
    public void Graphs_DecoderModelAlone_SaysWhatIsMissing()
    {
        using TinyRandomPack pack = TinyRandomPack.Open("split-fp32");
        HuggingFaceSessions sessions = pack.OpenSessions();
        sessions.DecoderWithPast!.Dispose();

        ModelException problem = Assert.Throws<ModelException>(
            () => new HuggingFaceGraphs(sessions with { DecoderWithPast = null }, pack.Config, pack.Heads));

        Assert.Equal(ModelError.Unsupported, problem.Code);
        Assert.Contains("decoder_with_past_model", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_SizesOfAnotherModel_NameTheTensor()
    {
        using TinyRandomPack pack = TinyRandomPack.Open(Merged);

        ModelException problem = Assert.Throws<ModelException>(
            () => new HuggingFaceGraphs(pack.OpenSessions(), pack.Config with { VocabularySize = 51865 }, pack.Heads));

        Assert.Contains("'logits'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("51865", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_FewerLayersThanTheGraphHas_NamesTheInput()
    {
        using TinyRandomPack pack = TinyRandomPack.Open(Merged);

        ModelException problem = Assert.Throws<ModelException>(
            () => new HuggingFaceGraphs(pack.OpenSessions(), pack.Config with { DecoderLayers = 1 }, []));

        Assert.Contains("'past_key_values.1.decoder.key'", problem.Message, StringComparison.Ordinal);
    }

    private static ModelException Refused(
        string layout, Func<byte[], byte[]>? encoder = null, Func<byte[], byte[]>? decoder = null)
    {
        using TinyRandomPack pack = TinyRandomPack.Open(layout);
        HuggingFaceSessions sessions = Open(pack, encoder ?? (bytes => bytes), decoder ?? (bytes => bytes));
        return Assert.Throws<ModelException>(() => new HuggingFaceGraphs(sessions, pack.Config, pack.Heads));
    }

    private static HuggingFaceSessions Open(TinyRandomPack pack, Func<byte[], byte[]> encoder, Func<byte[], byte[]> decoder)
    {
        string onnx = Path.Combine(pack.Folder, "onnx");
        return new HuggingFaceSessions(
            pack.Folder,
            new InferenceSession(encoder(File.ReadAllBytes(Path.Combine(onnx, pack.Golden.Files.Encoder)))),
            new InferenceSession(decoder(File.ReadAllBytes(Path.Combine(onnx, pack.Golden.Files.Decoder)))),
            DecoderWithPast: null);
    }

    private static byte[] Rename(byte[] model, string name, string other)
    {
        Assert.Equal(name.Length, other.Length);
        ReadOnlySpan<byte> wanted = Encoding.ASCII.GetBytes(name);
        int found;
        for (int at = 0; (found = model.AsSpan(at).IndexOf(wanted)) >= 0; at += found + wanted.Length)
        {
            Encoding.ASCII.GetBytes(other, model.AsSpan(at + found));
        }

        return model;
    }

    /// <summary>
    /// Adds an input of one int64. A second graph in the file (field 7) is merged into the first, so that bytes behind its end do.
    /// </summary>
    private static byte[] AddInput(byte[] model, string name)
    {
        byte[] text = Encoding.ASCII.GetBytes(name);
        byte[] shape = Field(2, Field(1, [0x08, 1]));
        byte[] type = Field(2, Field(1, [0x08, 7, .. shape]));
        byte[] input = Field(11, [.. Field(1, text), .. type]);
        return [.. model, .. Field(7, input)];
    }

    private static byte[] Field(int number, byte[] content)
    {
        Assert.InRange(content.Length, 0, 127);
        return [(byte)((number << 3) | 2), (byte)content.Length, .. content];
    }
}
