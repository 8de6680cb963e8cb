using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Tests.Sessions;

public sealed class SessionFactoryTests
{
    [Fact]
    public void Create_SharedVad_OpensIt()
    {
        using SessionFactory sessions = new(new());
        using InferenceSession session = sessions.Create(Testing.SharedFolder.Require("models", "silero-vad", "silero_vad.onnx"));

        Assert.NotEmpty(session.InputMetadata);
        Assert.StartsWith("1.31", sessions.OnnxRuntimeVersion, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NoSuchFile_IsIncomplete()
    {
        using SessionFactory sessions = new(new());

        Assert.Equal(ModelError.Incomplete, Assert.Throws<ModelException>(() => sessions.Create("/nonexistent/model.onnx")).Code);
    }
}
