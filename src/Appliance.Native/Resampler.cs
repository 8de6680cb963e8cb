using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>Mono audio of one rate to 16 kHz, as a stream (libsoxr). One thread at a time.</summary>
public sealed unsafe class Resampler : IDisposable
{
    private readonly ResamplerHandle _resampler;

    /// <param name="rateHz">1000 to 768000; 16000 passes samples through.</param>
    /// <exception cref="NativeException">The rate can't be used.</exception>
    public Resampler(int rateHz)
    {
        NativeLibraryLoader.EnsureLoaded();
        NativeException.ThrowIfFailed(NativeMethods.ResamplerCreate(rateHz, out _resampler));
    }

    /// <summary>Takes samples and gives those of the result that they complete. Either side may stay short when the other is full.</summary>
    /// <param name="input">Samples at the given rate.</param>
    /// <param name="output">Receives samples at 16 kHz.</param>
    /// <param name="taken">Samples of the input that were used.</param>
    /// <returns>Samples written.</returns>
    public int Process(ReadOnlySpan<float> input, Span<float> output, out int taken)
    {
        fixed (float* from = input)
        fixed (float* to = output)
        {
            float nothing;
            NativeException.ThrowIfFailed(
                NativeMethods.ResamplerProcess(_resampler, from is null ? &nothing : from, input.Length, out long used, to, output.Length, out long count));
            taken = (int)used;
            return (int)count;
        }
    }

    /// <summary>Gives what is left after the last input; call until it returns 0.</summary>
    public int Finish(Span<float> output)
    {
        fixed (float* to = output)
        {
            NativeException.ThrowIfFailed(NativeMethods.ResamplerProcess(_resampler, null, 0, out _, to, output.Length, out long count));
            return (int)count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _resampler.Dispose();
}
