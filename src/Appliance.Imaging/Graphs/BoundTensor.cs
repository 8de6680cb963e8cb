using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Imaging.Graphs;

/// <summary>An input or output of a fixed shape that stays bound from run to run.</summary>
internal sealed class BoundTensor : IDisposable
{
    private readonly NativeBuffer _buffer = new();
    private readonly OrtValue _view;
    private readonly TensorElementType _type;

    /// <param name="metadata">What the graph says of it.</param>
    /// <param name="shape">Its shape.</param>
    public BoundTensor(NodeMetadata metadata, long[] shape)
    {
        _type = metadata.ElementDataType;
        long count = shape.Aggregate(1L, (product, size) => checked(product * size));
        _buffer.Reserve(count * ElementConversion.Bytes(_type));
        _view = _buffer.View(_type, shape);
        Count = (int)count;
    }

    /// <summary>Values.</summary>
    public int Count { get; }

    /// <summary>What is bound.</summary>
    public OrtValue View => _view;

    /// <summary>Writes all values.</summary>
    public void Write(ReadOnlySpan<float> values) => ElementConversion.Write(values, _buffer, _type);

    /// <summary>Reads values from <paramref name="first"/> on.</summary>
    public void Read(int first, Span<float> values) => ElementTypes.Read(_buffer, _type, first, values);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _buffer.Dispose();
    }
}
