using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Providers;

/// <summary>ONNX Runtime's own kernels; always there.</summary>
internal sealed class CpuProvider : IExecutionProvider
{
    public string Name => "cpu";

    public ProviderReport Probe(ProbeContext context) => new(Name, Used: true, ProviderReasons.Ok, "the processor");

    public bool Suits(SessionRole role) => true;

    public void Append(SessionOptions options)
    {
        // ONNX Runtime puts it behind all others by itself
    }
}
