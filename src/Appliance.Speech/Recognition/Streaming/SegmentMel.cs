using Appliance.Native;
using Appliance.Speech.Features;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>
/// The log-mel of a live segment. It is worked out anew each time: that takes less than a millisecond for 30 s, and the segment's end may
/// move back when it is cut. Buffers are reused.
/// </summary>
internal sealed class SegmentMel : IMelFrames, IDisposable
{
    private readonly LogMelExtractor _extractor;
    private float[] _frames = [];

    /// <param name="melCount">Mel bins a frame.</param>
    public SegmentMel(int melCount) => _extractor = new LogMelExtractor(melCount);

    /// <summary>Takes the segment as far as it has been heard.</summary>
    /// <returns>Its windows, valid until the next call.</returns>
    public IMelSource Read(ReadOnlySpan<float> samples)
    {
        int room = ((samples.Length / LogMelSpectrogram.HopSamples) + 8) * _extractor.MelCount;
        if (_frames.Length < room)
        {
            _frames = new float[room];
        }

        _extractor.Reset();
        int count = _extractor.Append(samples, _frames);
        count += _extractor.Finish(_frames.AsSpan(count * _extractor.MelCount));
        return new LogMelSpectrogram(this, _extractor.MelCount, samples.Length, count, _extractor.Maximum);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long first, long end) =>
        _frames.AsSpan((int)first * _extractor.MelCount, (int)(end - first) * _extractor.MelCount);

    /// <inheritdoc/>
    public void Dispose() => _extractor.Dispose();
}
