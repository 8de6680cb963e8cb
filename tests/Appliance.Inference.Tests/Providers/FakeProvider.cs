using Appliance.Inference.Providers;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Tests.Providers;

/// <summary>Says that it works and lets ONNX Runtime fail when it is appended.</summary>
internal sealed class FakeProvider(string name, Exception? probeFault = null) : IExecutionProvider
{
    public string Name => name;

    public int Attempts { get; private set; }

    public ProviderReport Probe(ProbeContext context) => probeFault is null ? new(name, Used: true, ProviderReasons.Ok, "fake") : throw probeFault;

    public bool Suits(SessionRole role) => true;

    public void Append(SessionOptions options)
    {
        Attempts++;
        options.AppendExecutionProvider("NoSuchProvider");
    }
}
