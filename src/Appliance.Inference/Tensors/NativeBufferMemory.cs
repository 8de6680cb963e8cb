using System.Buffers;

namespace Appliance.Inference.Tensors;

/// <summary>Hands out <see cref="Memory{T}"/> over a <see cref="NativeBuffer"/>, which neither moves nor needs pinning.</summary>
internal sealed unsafe class NativeBufferMemory<T>(NativeBuffer buffer, int count) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan() => buffer.Elements<T>(0, count);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        fixed (T* start = GetSpan())
        {
            return new MemoryHandle(start + elementIndex);
        }
    }

    public override void Unpin()
    {
        // the memory is not on the managed heap
    }

    protected override void Dispose(bool disposing)
    {
        // the buffer belongs to who made it
    }
}
