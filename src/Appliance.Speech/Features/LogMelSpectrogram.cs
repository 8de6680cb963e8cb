using Appliance.Native;

namespace Appliance.Speech.Features;

/// <summary>Windows over the mel frames of a recording, scaled as the model wants them (openai/whisper audio.py).</summary>
internal sealed class LogMelSpectrogram : IMelSource
{
    /// <summary>16 kHz samples a mel frame.</summary>
    public const int HopSamples = 160;

    /// <summary>Content frames that one window may have: twice the model's.</summary>
    private const int MaxContentFrames = 6000;

    /// <summary>log10 of the smallest power there is, that of digital silence.</summary>
    private const float SilencePower = -10f;

    private readonly IMelFrames _frames;
    private readonly long _totalFrames;
    private readonly float _maximum;

    /// <param name="frames">The frames of the recording, not normalised.</param>
    /// <param name="melCount">Mel bins a frame.</param>
    /// <param name="sampleCount">16 kHz samples of the recording.</param>
    /// <param name="totalFrames">Frames there are, those included that only overlap the recording's end.</param>
    /// <param name="maximum">Largest value of all frames.</param>
    public LogMelSpectrogram(IMelFrames frames, int melCount, long sampleCount, long totalFrames, float maximum)
    {
        _frames = frames;
        _totalFrames = totalFrames;
        _maximum = Math.Max(maximum, SilencePower);
        MelCount = melCount;
        ContentFrames = sampleCount / HopSamples;
        SilenceLevel = (Math.Max(SilencePower, _maximum - 8f) + 4f) / 4f;
    }

    /// <inheritdoc/>
    public int MelCount { get; }

    /// <inheritdoc/>
    public long ContentFrames { get; }

    /// <inheritdoc/>
    public float SilenceLevel { get; }

    /// <inheritdoc/>
    public void CopyWindow(long seek, int contentFrames, int frames, MelPadding padding, Span<float> window)
    {
        Validate(seek, contentFrames, frames, window.Length);
        long end = seek + contentFrames;
        if (padding == MelPadding.Silence && end == ContentFrames)
        {
            end = Math.Min(seek + frames, _totalFrames);
        }

        int written = CopyFrames(seek, end, frames, window);
        float filler = padding == MelPadding.Zero ? 0f : SilenceLevel;
        for (int mel = 0; written < frames && mel < MelCount; mel++)
        {
            window.Slice((mel * frames) + written, frames - written).Fill(filler);
        }
    }

    private int CopyFrames(long seek, long end, int frames, Span<float> window)
    {
        int written = 0;
        while (seek + written < end)
        {
            ReadOnlySpan<float> run = _frames.Run(seek + written, end);
            LogMelExtractor.Normalize(run, MelCount, _maximum, window[written..], frames);
            written += run.Length / MelCount;
        }

        return written;
    }

    private void Validate(long seek, int contentFrames, int frames, int windowLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seek);
        ArgumentOutOfRangeException.ThrowIfNegative(contentFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contentFrames, MaxContentFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seek + contentFrames, ContentFrames, nameof(contentFrames));
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, contentFrames);
        ArgumentOutOfRangeException.ThrowIfLessThan((long)windowLength, (long)frames * MelCount, "window.Length");
    }
}
