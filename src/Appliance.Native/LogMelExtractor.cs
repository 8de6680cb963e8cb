using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>
/// Streaming log-mel of 16 kHz mono audio (openai/whisper audio.py): values log10(max(power, 1e-10)), not yet normalised. Mel frame k covers
/// samples 160k - 200 to 160k + 200; before the first sample stands its mirror image. The result does not depend on how the samples are
/// cut into calls. One thread at a time.
/// </summary>
public sealed unsafe class LogMelExtractor : IDisposable
{
    private readonly LogMelHandle _logMel;

    /// <summary>For 80 or 128 mels.</summary>
    /// <exception cref="NativeException"><paramref name="simdLevel"/> is not available on this processor.</exception>
    public LogMelExtractor(int melCount, SimdLevel simdLevel = SimdLevel.Auto)
    {
        NativeLibraryLoader.EnsureLoaded();
        LogMelConfig config = LogMelConfig.Create(melCount, (int)simdLevel);
        int status = NativeMethods.LogMelCreate(config, out _logMel);
        if (status != (int)NativeStatus.Ok)
        {
            _logMel.Dispose();
            NativeException.ThrowIfFailed(status);
        }

        MelCount = melCount;
    }

    /// <summary>Mel bins a frame.</summary>
    public int MelCount { get; }

    /// <summary>
    /// The largest value over the frames of <see cref="Append"/>, and those of <see cref="Finish"/> if that was the last call; -10, the value
    /// of digital silence, without any.
    /// </summary>
    public float Maximum
    {
        get
        {
            NativeException.ThrowIfFailed(NativeMethods.LogMelGetMaximum(_logMel, out float maximum));
            return maximum;
        }
    }

    /// <summary>Takes samples and writes the mel frames that they complete. Allocates nothing.</summary>
    /// <param name="samples">16 kHz mono, [-1, 1].</param>
    /// <param name="frames">Destination, shape [n_frames, n_mels], float32, row-major; room for samples / 160 + 4 frames is enough.</param>
    /// <returns>Frames written.</returns>
    public int Append(ReadOnlySpan<float> samples, Span<float> frames)
    {
        fixed (float* from = samples, to = frames)
        {
            int status = NativeMethods.LogMelAppend(_logMel, from, samples.Length, to, frames.Length / MelCount, out long count);
            NativeException.ThrowIfFailed(status);
            return (int)count;
        }
    }

    /// <summary>
    /// Writes the frames that still overlap the end, at most 4, as if digital silence followed. The samples stay: <see cref="Append"/> may go on.
    /// </summary>
    /// <param name="frames">Destination, shape [n_frames, n_mels], float32, row-major.</param>
    /// <returns>Frames written.</returns>
    public int Finish(Span<float> frames)
    {
        fixed (float* to = frames)
        {
            NativeException.ThrowIfFailed(NativeMethods.LogMelFinish(_logMel, to, frames.Length / MelCount, out long count));
            return (int)count;
        }
    }

    /// <summary>Forgets all samples; the next one is the first of a new recording.</summary>
    public void Reset() => NativeException.ThrowIfFailed(NativeMethods.LogMelReset(_logMel));

    /// <summary>Whisper's scaling, transposed: <c>window[m, f] = (max(frames[f, m], maximum - 8) + 4) / 4</c>. Allocates nothing.</summary>
    /// <param name="frames">Shape [n, n_mels], float32, row-major.</param>
    /// <param name="melCount">Mel bins a frame.</param>
    /// <param name="maximum">log10 power, usually over the whole recording.</param>
    /// <param name="window">
    /// Destination, shape [n_mels, windowFrames], float32, row-major; the columns from n on are left as they are. It may begin inside a
    /// window, to write further columns of it.
    /// </param>
    /// <param name="windowFrames">Columns of the window, at least n.</param>
    public static void Normalize(ReadOnlySpan<float> frames, int melCount, float maximum, Span<float> window, int windowFrames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(melCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(windowFrames);
        ArgumentOutOfRangeException.ThrowIfNotEqual(frames.Length % melCount, 0, nameof(frames));
        int frameCount = frames.Length / melCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(window.Length, ((melCount - 1L) * windowFrames) + frameCount, nameof(window));
        NativeLibraryLoader.EnsureLoaded();
        fixed (float* from = frames, to = window)
        {
            NativeException.ThrowIfFailed(
                NativeMethods.LogMelNormalize(from, frameCount, melCount, maximum, to, windowFrames));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _logMel.Dispose();
}
