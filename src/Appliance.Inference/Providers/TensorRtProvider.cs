using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Providers;

/// <summary>NVIDIA GPUs through TensorRT, which compiles a graph for the shapes it is given.</summary>
internal sealed class TensorRtProvider : IExecutionProvider
{
    public string Name => "tensorrt";

    public ProviderReport Probe(ProbeContext context) => NvidiaProbe.Run(Name, "TensorrtExecutionProvider", "libonnxruntime_providers_tensorrt.so", context);

    // a decoder's shapes grow with every token, and each new one would compile for a minute (onnxruntime#12120)
    public bool Suits(SessionRole role) => role == SessionRole.Encoder;

    public void Append(SessionOptions options)
    {
        using OrtTensorRTProviderOptions tensorRt = new();
        tensorRt.UpdateOptions(new Dictionary<string, string> { ["trt_fp16_enable"] = "1" });
        options.AppendExecutionProvider_Tensorrt(tensorRt);
    }
}
