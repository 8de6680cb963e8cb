using Appliance.Speech.Capture;

namespace Appliance.Speech.Features;

/// <summary>
/// The mel frames of a recording that is too long to keep them all: they are made anew as they are asked for, and the most recent
/// ones are kept. Going back further than that begins at the start again.
/// </summary>
internal sealed class RereadMelFrames : IMelFrames, IDisposable
{
    private readonly AudioInput _input;
    private readonly int _melCount;
    private readonly long _sampleCount;
    private readonly MelFrameStore _store;
    private readonly StageTimes _times;
    private readonly CancellationToken _cancellationToken;
    private RecordingPass? _pass;

    /// <param name="input">The recording.</param>
    /// <param name="melCount">Mel bins a frame.</param>
    /// <param name="sampleCount">Samples that the first reading found.</param>
    /// <param name="store">Of limited size; not owned.</param>
    /// <param name="times">Grows with each block.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public RereadMelFrames(AudioInput input, int melCount, long sampleCount, MelFrameStore store, StageTimes times, CancellationToken cancellationToken)
    {
        (_input, _melCount, _sampleCount, _store, _times, _cancellationToken) = (input, melCount, sampleCount, store, times, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="AudioInputException">The file is no longer what the first reading found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ReadOnlySpan<float> Run(long first, long end)
    {
        if (_pass is null || first < _store.FirstFrame)
        {
            Restart();
        }

        while (_store.FrameCount < end)
        {
            if (!_pass!.ReadBlock() && _pass.SampleCount != _sampleCount)
            {
                throw new AudioInputException(
                    AudioInputError.Changed, _input.Path, "the file was changed while it was read: transcribe it again when it is complete");
            }
        }

        return _store.Run(first, end);
    }

    /// <inheritdoc/>
    public void Dispose() => _pass?.Dispose();

    private void Restart()
    {
        _pass?.Dispose();
        _store.Clear();
        _pass = new RecordingPass(_input, _melCount, _store, _times, _cancellationToken);
    }
}
