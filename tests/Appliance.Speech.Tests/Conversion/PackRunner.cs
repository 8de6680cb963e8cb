using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Tests.Conversion;

/// <summary>
/// Drives the two graphs of a split-cross-kv/1 pack in the plainest way, apart from the product's own code: one window, one
/// row of tokens, every value bound by name, logits asked for on every row.
/// </summary>
internal sealed class PackRunner : IDisposable
{
    private const int HeadSize = 64;

    private readonly RunOptions _options = new();
    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;
    private readonly int _capacity;
    private readonly Dictionary<string, OrtValue> _cross = [];
    private readonly Dictionary<string, OrtValue> _cache = [];
    private int _position;

    public PackRunner(string folder, int capacity)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 2 };
        _encoder = new InferenceSession(Path.Combine(folder, "encoder.onnx"), options);
        _decoder = new InferenceSession(Path.Combine(folder, "decoder.onnx"), options);
        _capacity = capacity;
    }

    public bool IsHalf => _encoder.InputMetadata["log_mel"].ElementDataType == TensorElementType.Float16;

    private int Layers => _encoder.OutputNames.Count / 2;

    /// <summary>Starts a window: log-mel shape [mels, frames], float32, row-major.</summary>
    public void Encode(float[] logMel, int mels)
    {
        using OrtValue input = Tensor(logMel, [1, mels, logMel.Length / mels]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _encoder.Run(_options, ["log_mel"], [input], _encoder.OutputNames);
        Clear(_cross);
        Clear(_cache);
        _position = 0;
        for (int i = 0; i < outputs.Count; i++)
        {
            _cross[_encoder.OutputNames[i]] = Copy(outputs[i]);
        }

        int heads = (int)_cross["cross_key.0"].GetTensorTypeAndShape().Shape[1];
        foreach (int layer in Enumerable.Range(0, Layers))
        {
            _cache[$"self_key.{layer}"] = Tensor(new float[heads * _capacity * HeadSize], [1, heads, _capacity, HeadSize]);
            _cache[$"self_value.{layer}"] = Tensor(new float[heads * _capacity * HeadSize], [1, heads, _capacity, HeadSize]);
        }
    }

    /// <summary>A value of the encoder, as float32.</summary>
    public float[] Cross(string name) => Floats(_cross[name]);

    /// <summary>Appends tokens; logits shape [tokens, vocabulary], float32, row-major.</summary>
    public float[] Decode(params long[] tokens)
    {
        _position += tokens.Length;
        Dictionary<string, OrtValue> own = new()
        {
            ["tokens"] = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]),
            ["last_position"] = OrtValue.CreateTensorValueFromMemory(new[] { _position - 1 }, [1]),
            ["total_length"] = OrtValue.CreateTensorValueFromMemory(new[] { _position }, [1]),
            ["logit_rows"] = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, tokens.Length).Select(i => (long)i).ToArray(), [tokens.Length]),
        };
        KeyValuePair<string, OrtValue>[] inputs = [.. own, .. _cache, .. _cross];
        using IDisposableReadOnlyCollection<OrtValue> outputs = _decoder.Run(
            _options, [.. inputs.Select(i => i.Key)], [.. inputs.Select(i => i.Value)], _decoder.OutputNames);
        Dictionary<string, OrtValue> byName = _decoder.OutputNames.Zip(outputs).ToDictionary(o => o.First, o => o.Second);
        foreach (string name in _cache.Keys.ToArray())
        {
            _cache[name].Dispose();
            _cache[name] = Copy(byName[name.Replace("self_", "present_", StringComparison.Ordinal)]);
        }

        Clear(own);
        return byName["logits"].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        Clear(_cross);
        Clear(_cache);
        _encoder.Dispose();
        _decoder.Dispose();
        _options.Dispose();
    }

    private static void Clear(Dictionary<string, OrtValue> values)
    {
        foreach (OrtValue value in values.Values)
        {
            value.Dispose();
        }

        values.Clear();
    }

    private static float[] Floats(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16
        ? [.. value.GetTensorDataAsSpan<Float16>().ToArray().Select(v => (float)v)]
        : value.GetTensorDataAsSpan<float>().ToArray();

    private OrtValue Copy(OrtValue value) => Tensor(Floats(value), value.GetTensorTypeAndShape().Shape);

    private OrtValue Tensor(float[] values, long[] shape) => IsHalf
        ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (Float16)v), shape)
        : OrtValue.CreateTensorValueFromMemory(values, shape);
}
