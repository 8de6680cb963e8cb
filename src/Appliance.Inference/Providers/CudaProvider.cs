using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Providers;

/// <summary>NVIDIA GPUs through CUDA and cuDNN.</summary>
internal sealed class CudaProvider : IExecutionProvider
{
    public string Name => "cuda";

    public ProviderReport Probe(ProbeContext context) => NvidiaProbe.Run(Name, "CUDAExecutionProvider", "libonnxruntime_providers_cuda.so", context);

    public bool Suits(SessionRole role) => role != SessionRole.Light;

    public void Append(SessionOptions options)
    {
        using OrtCUDAProviderOptions cuda = new();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            // memory is shared with the processor on the boards this runs on: doubling the arena would take what others need
            ["arena_extend_strategy"] = "kSameAsRequested",

            // the exhaustive search costs seconds for every new length of audio
            ["cudnn_conv_algo_search"] = "HEURISTIC",
        });
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
