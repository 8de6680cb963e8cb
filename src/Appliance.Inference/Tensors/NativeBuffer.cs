using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Inference.Tensors;

/// <summary>
/// Memory outside the managed heap that tensors are views of. Only grows; pages that were never written take no memory. Whoever
/// bound a view must drop the binding when the memory moves or is freed.
/// </summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private const int Alignment = 64;

    private byte* _data;
    private long _bytes;

    ~NativeBuffer() => Free();

    /// <summary>Makes room; true when the memory moved. Of the old contents the first <paramref name="keptBytes"/> are kept.</summary>
    public bool Reserve(long bytes, long keptBytes = 0)
    {
        // an empty tensor needs an address too
        bytes = Math.Max(bytes, Alignment);
        if (bytes <= _bytes)
        {
            return false;
        }

        byte* grown = (byte*)NativeMemory.AlignedAlloc(checked((nuint)bytes), Alignment);
        Buffer.MemoryCopy(_data, grown, bytes, Math.Min(keptBytes, _bytes));
        Free();
        _data = grown;
        _bytes = bytes;
        return true;
    }

    /// <summary>A tensor over the memory from <paramref name="offsetBytes"/> on; valid until the memory moves.</summary>
    public OrtValue View(TensorElementType type, long[] shape, long offsetBytes = 0)
    {
        long bytes = ElementTypes.Bytes(type);
        foreach (long size in shape)
        {
            bytes = checked(bytes * size);
        }

        Check(offsetBytes, bytes);
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)(_data + offsetBytes), bytes);
    }

    /// <summary>The elements from <paramref name="first"/> on; valid until the memory moves.</summary>
    public Span<T> Elements<T>(long first, int count)
        where T : unmanaged
    {
        Check(first * sizeof(T), (long)count * sizeof(T));
        return new Span<T>((T*)_data + first, count);
    }

    /// <summary>Copies bytes from another buffer, or from another place of this one that does not overlap.</summary>
    public void CopyFrom(NativeBuffer source, long sourceBytes, long targetBytes, long bytes)
    {
        source.Check(sourceBytes, bytes);
        Check(targetBytes, bytes);
        Buffer.MemoryCopy(source._data + sourceBytes, _data + targetBytes, bytes, bytes);
    }

    /// <summary>A managed view for callers that keep the memory for a while.</summary>
    public NativeBufferMemory<T> Memory<T>(int count)
        where T : unmanaged => new(this, count);

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Check(long offset, long bytes)
    {
        if (offset < 0 || bytes < 0 || offset + bytes > _bytes)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"beyond the {_bytes} bytes that were reserved");
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        _bytes = 0;
    }
}
