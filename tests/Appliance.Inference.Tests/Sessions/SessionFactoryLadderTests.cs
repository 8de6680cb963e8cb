using Appliance.Inference.Models;
using Appliance.Inference.Providers;
using Appliance.Inference.Sessions;
using Appliance.Inference.Tests.Providers;
using Appliance.Testing.Onnx;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Tests.Sessions;

// ONNX Runtime and the logger of its messages are one for the process
[Collection("ONNX Runtime")]
public sealed class SessionFactoryLadderTests : IDisposable
{
    private static readonly ProbeContext Context = new() { BuiltIn = [], RuntimeFolder = "/", CanLoad = _ => true, CudaDriverVersion = () => null };

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _logger = new();
    private readonly FakeProvider _failing = new("failing");

    public void Dispose() => _folder.Dispose();

    private SessionFactory Factory(params IExecutionProvider[] providers) => new(new ProviderLadder(providers, Context, _logger), threads: 1, _logger);

    [Fact]
    public void Create_ProviderFails_FallsToTheNextAndSaysWhy()
    {
        using SessionFactory sessions = Factory(_failing, new CpuProvider());
        string path = _folder.Write("m.onnx", TinyGraph.PlusOne());

        using InferenceSession session = sessions.Create(path);

        Assert.Equal(["failed", "ok"], sessions.Providers.Select(report => report.Reason));
        Assert.False(sessions.Providers[0].Used);
        Assert.Contains(_logger.Entries, entry => entry.Id == 2201 && entry.Text.StartsWith("execution provider failing passed over", StringComparison.Ordinal));
    }

    [Fact]
    public void Providers_ProbeFails_IsPassedOver()
    {
        using SessionFactory sessions = Factory(new FakeProvider("stumbling", new UnauthorizedAccessException("/dev is closed")), new CpuProvider());

        Assert.Equal(["failed", "ok"], sessions.Providers.Select(report => report.Reason));
        Assert.Contains("/dev is closed", sessions.Providers[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ProviderHasFailedBefore_IsNotTriedAgain()
    {
        using SessionFactory sessions = Factory(_failing, new CpuProvider());
        string path = _folder.Write("m.onnx", TinyGraph.PlusOne());

        sessions.Create(path).Dispose();
        sessions.Create(path).Dispose();

        Assert.Equal(1, _failing.Attempts);
    }

    [Fact]
    public void Create_ModelAtFault_DoesNotBlameTheProvider()
    {
        using SessionFactory sessions = Factory(_failing, new CpuProvider());
        string path = _folder.Write("m.onnx", TinyGraph.UnknownOperator());

        Assert.Equal(ModelError.Unloadable, Assert.Throws<ModelException>(() => sessions.Create(path)).Code);
        Assert.True(sessions.Providers[0].Used);
    }

    [Fact]
    public void Create_OnlyProviderFails_IsNoProviderWithItsReason()
    {
        using SessionFactory sessions = Factory(_failing);
        string path = _folder.Write("m.onnx", TinyGraph.PlusOne());

        InferenceException fault = Assert.Throws<InferenceException>(() => sessions.Create(path));

        Assert.Equal(InferenceError.NoProvider, fault.Code);
        Assert.Contains("failing: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("add cpu to the list", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OnlyProviderFailsOnABadModel_BlamesTheModel()
    {
        using SessionFactory sessions = Factory(_failing);
        string path = _folder.Write("m.onnx", TinyGraph.UnknownOperator());

        Assert.Equal(ModelError.Unloadable, Assert.Throws<ModelException>(() => sessions.Create(path)).Code);
    }

    [Fact]
    public void Providers_DefaultLadderWithTheProgramsOwnRuntime_PassesOverTheGpuWithReasons()
    {
        using SessionFactory sessions = new(new(), _logger);

        Assert.Equal(["tensorrt", "cuda", "cpu"], sessions.Providers.Select(report => report.Name));
        Assert.Equal(["not_built_in", "not_built_in", "ok"], sessions.Providers.Select(report => report.Reason));
        Assert.All(_logger.Entries.Where(entry => entry.Id is 2200 or 2201), entry => Assert.Equal(LogLevel.Information, entry.Level));
    }
}
