using System.Runtime.InteropServices;

namespace Appliance.Speech.Features;

/// <summary>Floats outside the managed heap: large, long-lived, and given back to the system as soon as they are freed.</summary>
internal sealed unsafe class MelFrameBlock : SafeHandle
{
    private readonly int _length;

    /// <param name="length">Floats; not cleared.</param>
    public MelFrameBlock(int length)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        _length = length;
        SetHandle((IntPtr)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>The floats, for as long as the block is not disposed.</summary>
    public Span<float> Floats => new((void*)handle, _length);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
