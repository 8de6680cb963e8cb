using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.SplitCrossKv;

/// <summary>
/// Cross keys and values of the encoded windows: the encoder's outputs and, unmoved, the decoder's inputs.
/// Tensor 2i is `cross_key.i` [windows, heads, 64, positions], 2i + 1 `cross_value.i` [windows, heads, positions, 64].
/// A single window stays where ONNX Runtime put it: its arena has that room anyway, and another 37 MB beside it would be the
/// peak of the whole program. Several windows stand side by side in memory of our own.
/// </summary>
internal sealed class CrossCache : IDisposable
{
    private readonly SplitCrossKvSignature _signature;
    private readonly NativeBuffer[] _buffers;
    private IDisposableReadOnlyCollection<OrtValue>? _single;

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

    /// <summary>Sets the shape of what the encoder is about to write, and forgets what is there.</summary>
    public void Shape(int windows, int positions)
    {
        Forget();
        Windows = windows;
        Positions = positions;
        if (windows == 1)
        {
            return;
        }

        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Reserve(windows * WindowElements * ElementTypes.Bytes(_signature.Element));
        }
    }

    /// <summary>Binds the encoder's outputs for one window.</summary>
    public void BindOutputs(BoundCall call, int window)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Windows == 1)
            {
                call.Binding.BindOutputToDevice(SelfCache.Name("cross", i), OrtMemoryInfo.DefaultInstance);
            }
            else
            {
                call.Output(SelfCache.Name("cross", i), View(i, window, 1));
            }
        }
    }

    /// <summary>Takes over what a call wrote.</summary>
    public void Accept(BoundCall call)
    {
        if (Windows == 1)
        {
            _single = call.Binding.GetOutputValues();
            call.Binding.ClearBoundOutputs();
        }
    }

    /// <summary>Binds a range of windows as the decoder's inputs.</summary>
    public void BindInputs(BoundCall call, int firstWindow, int windows)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_single is not null)
            {
                call.Binding.BindInput(SelfCache.Name("cross", i), _single[i]);
            }
            else
            {
                call.Input(SelfCache.Name("cross", i), View(i, firstWindow, windows));
            }
        }
    }

    /// <summary>Moves windows to the front, in ascending order.</summary>
    public void Keep(ReadOnlySpan<int> windows)
    {
        long bytes = WindowElements * ElementTypes.Bytes(_signature.Element);
        for (int i = 0; i < windows.Length; i++)
        {
            for (int tensor = 0; windows[i] != i && tensor < Count; tensor++)
            {
                _buffers[tensor].CopyFrom(_buffers[tensor], windows[i] * bytes, i * bytes, bytes);
            }
        }
    }

    private OrtValue View(int index, int firstWindow, int windows)
    {
        int heads = _signature.Dimensions.DecoderHeads;
        long[] shape = index % 2 == 0
            ? [windows, heads, SplitCrossKvSignature.HeadSize, Positions]
            : [windows, heads, Positions, SplitCrossKvSignature.HeadSize];
        return _buffers[index].View(_signature.Element, shape, firstWindow * WindowElements * ElementTypes.Bytes(_signature.Element));
    }

    public void Dispose()
    {
        Forget();
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    private void Forget()
    {
        _single?.Dispose();
        _single = null;
    }
}
