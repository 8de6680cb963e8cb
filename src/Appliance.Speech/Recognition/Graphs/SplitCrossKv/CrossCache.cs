using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.SplitCrossKv;

/// <summary>
/// Cross keys and values of the encoded windows: the encoder's outputs and, unmoved, the decoder's inputs.
/// Tensor 2i is `cross_key.i` [windows, heads, 64, positions], 2i + 1 `cross_value.i` [windows, heads, positions, 64].
/// </summary>
internal sealed class CrossCache : IDisposable
{
    private readonly SplitCrossKvSignature _signature;
    private readonly NativeBuffer[] _buffers;

    public CrossCache(SplitCrossKvSignature signature)
    {
        _signature = signature;
        _buffers = new NativeBuffer[2 * signature.Dimensions.DecoderLayers];
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i] = new NativeBuffer();
        }
    }

    /// <summary>Windows that are there.</summary>
    public int Windows { get; private set; }

    /// <summary>Encoder positions (20 ms) a window.</summary>
    public int Positions { get; private set; }

    /// <summary>Number of tensors.</summary>
    public int Count => _buffers.Length;

    private long WindowElements => (long)_signature.Dimensions.DecoderHeads * SplitCrossKvSignature.HeadSize * Positions;

    /// <summary>Sets the shape of what the encoder is about to write.</summary>
    public void Shape(int windows, int positions)
    {
        Windows = windows;
        Positions = positions;
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Reserve(windows * WindowElements * ElementTypes.Bytes(_signature.Element));
        }
    }

    /// <summary>A tensor over a range of windows.</summary>
    public OrtValue View(int index, int firstWindow, int windows)
    {
        int heads = _signature.Dimensions.DecoderHeads;
        long[] shape = index % 2 == 0
            ? [windows, heads, SplitCrossKvSignature.HeadSize, Positions]
            : [windows, heads, Positions, SplitCrossKvSignature.HeadSize];
        return _buffers[index].View(_signature.Element, shape, firstWindow * WindowElements * ElementTypes.Bytes(_signature.Element));
    }

    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
    }
}
