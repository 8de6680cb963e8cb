using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Listening;

/// <summary>
/// The last minutes of the captured timeline, in memory only: samples and their speech probabilities. One thread writes, another reads
/// what it knows to be there still.
/// </summary>
internal sealed class AudioHistory
{
    private readonly float[] _samples;
    private readonly float[] _probabilities;
    private readonly Lock _lock = new();
    private long _samplesEnd;
    private long _framesEnd;

    /// <param name="frames">Frames kept, of <see cref="SileroVad.FrameSamples"/> samples.</param>
    public AudioHistory(int frames)
    {
        _probabilities = new float[frames];
        _samples = new float[(long)frames * SileroVad.FrameSamples];

        // touched now, or the process would seem to grow for five minutes, and each new page would hold up the thread that captures
        _samples.AsSpan().Clear();
    }

    /// <summary>Frames that are complete.</summary>
    public long Frames => Interlocked.Read(ref _framesEnd);

    /// <summary>The oldest frame that is still there.</summary>
    public long OldestFrame => Math.Max(0, Frames - _probabilities.Length);

    /// <summary>Appends one frame.</summary>
    public void Append(ReadOnlySpan<float> frame, float probability)
    {
        lock (_lock)
        {
            frame.CopyTo(_samples.AsSpan((int)(_samplesEnd % _samples.Length)));
            _probabilities[_framesEnd % _probabilities.Length] = probability;
            _samplesEnd += SileroVad.FrameSamples;
            _framesEnd++;
        }
    }

    /// <summary>Appends silent frames, as many as there were.</summary>
    public void AppendSilence(long frames)
    {
        lock (_lock)
        {
            for (long left = Math.Min(frames, _probabilities.Length), frame = _framesEnd + frames - left; left > 0; left--, frame++)
            {
                _samples.AsSpan((int)(frame % _probabilities.Length) * SileroVad.FrameSamples, SileroVad.FrameSamples).Clear();
                _probabilities[frame % _probabilities.Length] = 0;
            }

            _framesEnd += frames;
            _samplesEnd = _framesEnd * SileroVad.FrameSamples;
        }
    }

    /// <summary>Copies frames, which must still be there.</summary>
    /// <param name="first">First frame.</param>
    /// <param name="frames">How many.</param>
    /// <param name="samples">Gets 512 samples a frame.</param>
    /// <param name="probabilities">Gets one value a frame.</param>
    /// <returns>False when some have been overwritten; then nothing is copied.</returns>
    public bool TryCopy(long first, int frames, Span<float> samples, Span<float> probabilities)
    {
        lock (_lock)
        {
            if (first < OldestFrame || first + frames > _framesEnd)
            {
                return false;
            }

            for (int done = 0; done < frames;)
            {
                int at = (int)((first + done) % _probabilities.Length);
                int run = Math.Min(frames - done, _probabilities.Length - at);
                _probabilities.AsSpan(at, run).CopyTo(probabilities[done..]);
                _samples.AsSpan(at * SileroVad.FrameSamples, run * SileroVad.FrameSamples).CopyTo(samples[(done * SileroVad.FrameSamples)..]);
                done += run;
            }

            return true;
        }
    }

    /// <summary>Overwrites all audio with silence.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_samples);
            Array.Clear(_probabilities);
        }
    }
}
