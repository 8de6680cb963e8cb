using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Cross-attention weights of the layers that have alignment heads.</summary>
internal sealed class AttentionBuffers : IDisposable
{
    private readonly IReadOnlyList<AlignmentHead> _heads;
    private readonly int _headsPerLayer;
    private readonly int _positions;
    private readonly SortedDictionary<int, NativeBuffer> _layers = [];
    private readonly TensorElementType _type;
    private float[] _values = [];

    public AttentionBuffers(IReadOnlyList<AlignmentHead> heads, WhisperConfig config, int positions, TensorElementType type)
    {
        _heads = heads;
        _headsPerLayer = config.DecoderHeads;
        _positions = positions;
        _type = type;
        foreach (AlignmentHead head in heads)
        {
            _layers.TryAdd(head.Layer, new NativeBuffer());
        }
    }

    /// <summary>The layers whose weights are wanted.</summary>
    public IEnumerable<int> Layers => _layers.Keys;

    /// <summary>Makes room for the weights of one row.</summary>
    public void Reserve(int tokens)
    {
        foreach (NativeBuffer layer in _layers.Values)
        {
            layer.Reserve((long)_headsPerLayer * tokens * _positions * ElementTypes.Bytes(_type));
        }
    }

    /// <summary>The output of one layer to bind, shape [1, heads, tokens, positions].</summary>
    public OrtValue View(int layer, int tokens) => _layers[layer].View(_type, [1, _headsPerLayer, tokens, _positions]);

    /// <summary>The weights of the alignment heads, one after the other, as float32.</summary>
    public AlignmentScores Gather(int tokens)
    {
        int size = tokens * _positions;
        int count = checked(_heads.Count * size);
        if (_values.Length < count)
        {
            _values = GC.AllocateUninitializedArray<float>(count);
        }

        for (int index = 0; index < _heads.Count; index++)
        {
            AlignmentHead head = _heads[index];
            ElementTypes.Read(_layers[head.Layer], _type, (long)head.Head * size, _values.AsSpan(index * size, size));
        }

        return new AlignmentScores(_heads.Count, tokens, _positions, _values.AsMemory(0, count), AfterSoftmax: true);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer layer in _layers.Values)
        {
            layer.Dispose();
        }
    }
}
