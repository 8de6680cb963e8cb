using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Testing;
using Appliance.Testing.Onnx;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Tests.Sessions;

// ONNX Runtime and the logger of its messages are one for the process
[Collection("ONNX Runtime")]
public sealed class SessionFactoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _logger = new();
    private readonly SessionFactory _sessions;

    public SessionFactoryTests()
    {
        _sessions = new(new SessionSettings { Threads = 1 }, _logger);
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Create_SharedVad_OpensIt()
    {
        using InferenceSession session = _sessions.Create(SharedFolder.Require("models", "silero-vad", "silero_vad.onnx"));

        Assert.NotEmpty(session.InputMetadata);
    }

    [Theory]
    [InlineData("silero-vad/silero_vad.onnx")]
    [InlineData("whisper-base/encoder.onnx")]
    [InlineData("whisper-base/decoder.onnx")]
    [InlineData("whisper-tiny.en/onnx/encoder_model_quantized.onnx")]
    [InlineData("whisper-tiny.en/onnx/decoder_model_merged_quantized.onnx")]
    public void Create_SharedModel_GivesNothingToWarnOf(string model)
    {
        _sessions.Create(SharedFolder.Require("models", model)).Dispose();

        Assert.DoesNotContain(_logger.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public void Create_WeightsBeside_ComputesWithThem()
    {
        _folder.Write("m.onnx_data", [9, 9, .. BitConverter.GetBytes(41f)]);
        using InferenceSession session = _sessions.Create(_folder.Write("m.onnx", TinyGraph.PlusExternal("m.onnx_data", 2, 4)));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(new float[] { 1 }, [1]);
        using RunOptions run = new();

        using IDisposableReadOnlyCollection<OrtValue> output = session.Run(run, ["x"], [input], ["y"]);

        Assert.Equal(42f, output[0].GetTensorDataAsSpan<float>()[0]);
    }

    [Fact]
    public void Create_WeightsOutsideTheFolder_IsRefused()
    {
        _folder.Write("secret", new byte[4]);
        string path = _folder.Write("model/m.onnx", TinyGraph.PlusExternal("../secret", 0, 4));

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _sessions.Create(path)).Code);
    }

    [Fact]
    public void Create_NoSuchFile_IsIncomplete() => Assert.Equal(ModelError.Incomplete, Assert.Throws<ModelException>(() => _sessions.Create("/nonexistent/model.onnx")).Code);

    [Fact]
    public void Create_TruncatedFile_IsDamagedAndSaysWhatToDo()
    {
        byte[] whole = File.ReadAllBytes(SharedFolder.Require("models", "silero-vad", "silero_vad.onnx"));
        string path = _folder.Write("vad.onnx", whole.AsSpan()[..(whole.Length / 2)]);

        ModelException fault = Assert.Throws<ModelException>(() => _sessions.Create(path));

        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Equal(path, fault.Path);
        Assert.Contains("add it again", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TextFile_IsDamaged() =>
        Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => _sessions.Create(_folder.Write("m.onnx", "not a model"))).Code);

    [Fact]
    public void Create_UnknownOperator_IsUnloadableWithTheVersionNamed()
    {
        ModelException fault = Assert.Throws<ModelException>(() => _sessions.Create(_folder.Write("m.onnx", TinyGraph.UnknownOperator())));

        Assert.Equal(ModelError.Unloadable, fault.Code);
        Assert.IsType<OnnxRuntimeException>(fault.InnerException);
        Assert.Contains(_sessions.OnnxRuntimeVersion, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_RandomDamage_NeverShowsARawFault()
    {
        byte[] whole = TinyGraph.PlusExternal("m.onnx", 0, 4);
        Random random = new(11);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = [.. whole];
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            string path = _folder.Write("m.onnx", bytes);

            Exception? fault = Record.Exception(() => _sessions.Create(path).Dispose());

            Assert.True(fault is null or ModelException, $"round {round}: {fault}");
        }
    }

    [Fact]
    public void Threads_Zero_MeansAllCores()
    {
        using SessionFactory sessions = new(new());

        Assert.Equal(Environment.ProcessorCount, sessions.Threads);
        Assert.Equal(1, _sessions.Threads);
    }

    [Fact]
    public void OnnxRuntimeVersion_ProgramsOwn_IsTheOneItWasBuiltFor() => Assert.Equal(OnnxRuntimeLibrary.NeededVersion, _sessions.OnnxRuntimeVersion);

    [Fact]
    public void Create_GraphThatOnnxRuntimeWarnsOf_WarnsThroughTheLogger()
    {
        // an initializer that nothing uses
        byte[] graph = TinyGraph.PlusOne();
        int add = graph.AsSpan().IndexOf("Add"u8);
        "Abs"u8.CopyTo(graph.AsSpan(add));
        int input = graph.AsSpan().IndexOf("\u000a\u0003one"u8);
        graph[input] = 0x32; // its second input becomes a doc string

        _sessions.Create(_folder.Write("m.onnx", graph)).Dispose();

        Assert.Contains(_logger.Entries, entry => entry.Id == 2101 && entry.Level == LogLevel.Warning && entry.Text.Contains("one", StringComparison.Ordinal));
    }
}
