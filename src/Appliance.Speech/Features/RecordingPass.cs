using Appliance.Native;
using Appliance.Speech.Capture;

namespace Appliance.Speech.Features;

/// <summary>One reading of a recording, block by block, into a store of mel frames.</summary>
internal sealed class RecordingPass : IDisposable
{
    /// <summary>Samples a block: about a second, a whole number of frames of the VAD, and below the size of large objects.</summary>
    public const int BlockSamples = 16384;

    /// <summary>Most mel frames that one block completes.</summary>
    public const int BlockMelFrames = (BlockSamples / LogMelSpectrogram.HopSamples) + 4;

    private readonly AudioDecoder _decoder;
    private readonly LogMelExtractor _extractor;
    private readonly MelFrameStore _store;
    private readonly StageTimes _times;
    private readonly TimeProvider _time;
    private readonly float[] _samples = new float[BlockSamples];
    private int _count;

    /// <param name="input">Opened here.</param>
    /// <param name="melCount">Mel bins a frame.</param>
    /// <param name="store">Empty; gets the frames; not owned.</param>
    /// <param name="times">Grows with each block.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AudioInputException">The file can't be used as audio.</exception>
    public RecordingPass(AudioInput input, int melCount, MelFrameStore store, StageTimes times, CancellationToken cancellationToken)
    {
        (_store, _times, _time) = (store, times, input.Time);
        long begin = _time.GetTimestamp();
        _decoder = input.Open(cancellationToken);
        _times.Decode += _time.GetElapsedTime(begin);
        _extractor = new LogMelExtractor(melCount);
    }

    /// <summary>The block just read, 16 kHz mono; empty after the end.</summary>
    public ReadOnlySpan<float> Block => _samples.AsSpan(0, _count);

    /// <summary>Samples read so far.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Largest value of the mel frames so far.</summary>
    public float Maximum => _extractor.Maximum;

    /// <summary>What was met on the way; complete after the end.</summary>
    public IReadOnlyList<string> Warnings => _decoder.Warnings;

    /// <summary>Reads the next block and its mel frames; at the end those that still overlap it.</summary>
    /// <returns>False at the end.</returns>
    public bool ReadBlock()
    {
        long begin = _time.GetTimestamp();
        FillBlock();
        long decoded = _time.GetTimestamp();
        _store.Append(_count > 0 ? _extractor.Append(Block, _store.Room()) : _extractor.Finish(_store.Room()));
        _times.Decode += _time.GetElapsedTime(begin, decoded);
        _times.LogMel += _time.GetElapsedTime(decoded);
        SampleCount += _count;
        return _count > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoder.Dispose();
        _extractor.Dispose();
    }

    private void FillBlock()
    {
        _count = 0;
        int read;
        do
        {
            read = _decoder.Read(_samples.AsSpan(_count));
            _count += read;
        }
        while (read > 0 && _count < BlockSamples);
    }
}
