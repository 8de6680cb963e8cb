using System.Diagnostics;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Models;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Benchmarks.Imaging;

/// <summary>
/// The speed yardstick: the calls into ONNX Runtime that a picture takes, with bound buffers of the same shapes and nothing between them.
/// Sessions of its own, opened with the same options.
/// </summary>
internal sealed class BarePicture : IDisposable
{
    private readonly InferenceSession _text;
    private readonly InferenceSession _unet;
    private readonly InferenceSession _decoder;
    private readonly OrtIoBinding _textBinding;
    private readonly OrtIoBinding _unetBinding;
    private readonly OrtIoBinding _decoderBinding;
    private readonly RunOptions _options = new();

    public BarePicture(string folder, SessionFactory sessions, LatentSize size, int rows, int tokens)
    {
        _text = sessions.Create(Path.Combine(folder, "text_encoder", "model.onnx"), SessionRole.Encoder);
        _unet = sessions.Create(Path.Combine(folder, "unet", "model.onnx"), SessionRole.Encoder);
        _decoder = sessions.Create(Path.Combine(folder, "vae_decoder", "model.onnx"), SessionRole.Encoder);
        _textBinding = Bind(_text, _ => [1, tokens]);
        _unetBinding = Bind(_unet, name => name switch
        {
            "sample" => [rows, size.Channels, size.Height, size.Width],
            "timestep" => _unet.InputMetadata["timestep"].Dimensions.Length == 0 ? [] : [1],
            "encoder_hidden_states" => [rows, tokens, _unet.InputMetadata[name].Dimensions[^1]],
            _ => [rows, _unet.InputMetadata[name].Dimensions[^1]],
        });
        _decoderBinding = Bind(_decoder, _ => [1, size.Channels, size.Height, size.Width]);
    }

    /// <summary>Makes the calls of one picture: both prompts, the steps, the decoder.</summary>
    public TimeSpan Run(int prompts, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < prompts; i++)
        {
            _text.RunWithBinding(_options, _textBinding);
        }

        for (int i = 0; i < steps; i++)
        {
            _unet.RunWithBinding(_options, _unetBinding);
        }

        _decoder.RunWithBinding(_options, _decoderBinding);
        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose()
    {
        _textBinding.Dispose();
        _unetBinding.Dispose();
        _decoderBinding.Dispose();
        _text.Dispose();
        _unet.Dispose();
        _decoder.Dispose();
        _options.Dispose();
    }

    private static OrtIoBinding Bind(InferenceSession session, Func<string, long[]> shape)
    {
        OrtIoBinding binding = session.CreateIoBinding();
        Random random = new(1);
        foreach ((string name, NodeMetadata input) in session.InputMetadata)
        {
            OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.ElementDataType, shape(name));
            if (input.ElementDataType == TensorElementType.Float)
            {
                foreach (ref float element in value.GetTensorMutableDataAsSpan<float>())
                {
                    element = (float)((random.NextDouble() * 4) - 2);
                }
            }
            else
            {
                value.GetTensorMutableRawData().Clear();
            }

            binding.BindInput(name, value);
        }

        foreach (string name in session.OutputMetadata.Keys)
        {
            binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
        }

        return binding;
    }
}
