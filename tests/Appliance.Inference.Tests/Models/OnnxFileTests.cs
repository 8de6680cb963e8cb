using Appliance.Inference.Models;
using Appliance.Testing;
using Appliance.Testing.Onnx;

namespace Appliance.Inference.Tests.Models;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WeightsInside_NamesNoOtherFile()
    {
        OnnxContent content = OnnxFile.Read(_folder.Write("m.onnx", TinyGraph.PlusOne(("dialect", "split-cross-kv/1"))));

        Assert.Empty(content.ExternalFiles);
        Assert.Equal("split-cross-kv/1", content.Metadata["dialect"]);
    }

    [Fact]
    public void Read_WeightsOutside_NamesTheFileAndTheSizeItNeeds()
    {
        OnnxContent content = OnnxFile.Read(_folder.Write("m.onnx", TinyGraph.PlusExternal("m.onnx_data", 4096, 4)));

        Assert.Equal([new OnnxExternalFile("m.onnx_data", 4100)], content.ExternalFiles);
    }

    [Fact]
    public void Read_WeightsOutsideInABranch_NamesTheFile()
    {
        OnnxContent content = OnnxFile.Read(_folder.Write("m.onnx", TinyGraph.PlusExternalInBranch("../secret", 0, 4)));

        Assert.Equal("../secret", Assert.Single(content.ExternalFiles).Location);
    }

    [Fact]
    public void Read_CutAnywhere_IsDamagedOrHasNoFewerWeights()
    {
        byte[] whole = TinyGraph.PlusExternal("m.onnx_data", 0, 4);
        int graphEnd = whole.Length - 6; // the operator set version is the last field, 6 bytes

        for (int length = 0; length < graphEnd; length++)
        {
            string path = _folder.Write("m.onnx", whole.AsSpan()[..length]);
            Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => OnnxFile.Read(path)).Code);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is a text file, and a rather long one at that\n")]
    [InlineData("\u0008\u0007")]
    public void Read_SomethingElse_IsDamagedAndNamesTheFile(string text)
    {
        string path = _folder.Write("m.onnx", text);

        ModelException fault = Assert.Throws<ModelException>(() => OnnxFile.Read(path));

        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomBytes_NeverFailsInAnotherWay()
    {
        Random random = new(7);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = TinyGraph.PlusExternal("m.onnx_data", 0, 4);
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            string path = _folder.Write("m.onnx", bytes);
            Exception? fault = Record.Exception(() => OnnxFile.Read(path));
            Assert.True(fault is null or ModelException { Code: ModelError.Damaged }, $"round {round}: {fault}");
        }
    }

    [Fact]
    public void Read_GraphsNestedWithoutEnd_IsDamaged()
    {
        ProtobufMessage graph = new ProtobufMessage().Text(2, "innermost");
        for (int depth = 0; depth < 200; depth++)
        {
            graph = new ProtobufMessage().Nested(1, new ProtobufMessage().Nested(5, new ProtobufMessage().Nested(6, graph)));
        }

        string path = _folder.Write("m.onnx", new ProtobufMessage().Nested(7, graph).ToArray());

        Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => OnnxFile.Read(path)).Code);
    }

    [Fact]
    public void Read_SharedEncoder_KnowsItsDialect()
    {
        OnnxContent content = OnnxFile.Read(SharedFolder.Require("models", "whisper-base", "encoder.onnx"));

        Assert.Equal("split-cross-kv/1", content.Metadata["dialect"]);
        Assert.Equal("int8", content.Metadata["precision"]);
        Assert.Empty(content.ExternalFiles);
    }

    [Fact]
    public void Read_SharedPackWithExternalWeights_NamesTheWholeFile()
    {
        string path = SharedFolder.Require("golden", "speech", "tiny-random", "merged-external", "onnx", "decoder_model_merged.onnx");

        OnnxExternalFile external = Assert.Single(OnnxFile.Read(path).ExternalFiles);

        Assert.Equal("decoder_model_merged.onnx_data", external.Location);
        Assert.Equal(new FileInfo(path + "_data").Length, external.RequiredBytes);
    }
}
