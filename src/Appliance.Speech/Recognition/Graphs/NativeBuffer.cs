using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>
/// Memory outside the managed heap that tensors are laid over. Grows when more is asked for, which drops its content;
/// views made before are then invalid.
/// </summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private byte* _data;

    /// <summary>Bytes that are there.</summary>
    public long Capacity { get; private set; }

    /// <summary>Makes room for at least <paramref name="bytes"/>.</summary>
    /// <returns>True when the memory moved, so that views have to be made anew.</returns>
    public bool Reserve(long bytes)
    {
        if (bytes <= Capacity)
        {
            return false;
        }

        Free();
        _data = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        Capacity = bytes;
        return true;
    }

    /// <summary>Gives the memory back; the next <see cref="Reserve"/> takes new.</summary>
    public void Free()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        Capacity = 0;
    }

    /// <summary>A tensor over the memory from <paramref name="byteOffset"/>; the caller disposes it before the memory goes.</summary>
    public OrtValue View(TensorElementType type, ReadOnlySpan<long> shape, long byteOffset = 0)
    {
        long bytes = TensorElements.SizeInBytes(type);
        foreach (long dimension in shape)
        {
            bytes *= dimension;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteOffset + bytes, Capacity, nameof(shape));
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape.ToArray(), (nint)(_data + byteOffset), bytes);
    }

    /// <summary>The memory as elements.</summary>
    public Span<T> Span<T>(long elementOffset, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((elementOffset + count) * sizeof(T), Capacity, nameof(count));
        return new Span<T>((T*)_data + elementOffset, count);
    }

    /// <summary>Copies bytes within the memory; the ranges do not overlap.</summary>
    public void Copy(long from, long to, long bytes) => Buffer.MemoryCopy(_data + from, _data + to, Capacity - to, bytes);

    /// <summary>Copies bytes to another buffer.</summary>
    public void CopyTo(long from, NativeBuffer target, long to, long bytes) =>
        Buffer.MemoryCopy(_data + from, target._data + to, target.Capacity - to, bytes);

    /// <summary>A managed view for callers that keep the memory for a while.</summary>
    public NativeBufferMemory<T> Memory<T>(int count)
        where T : unmanaged => new(this, count);

    public void Dispose() => Free();
}
