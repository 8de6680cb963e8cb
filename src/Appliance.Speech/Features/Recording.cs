using Appliance.Speech.Capture;
using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Features;

/// <summary>
/// What recognition needs to know of a recording: its log-mel, its length, where speech is likely. Up to an hour the log-mel is kept
/// (31 kB a second at 80 mels); of longer recordings it is read again as it is used, so that memory does not grow with length.
/// Not thread-safe.
/// </summary>
public sealed class Recording : IDisposable
{
    private const long KeptFrames = 3600 * 100;

    /// <summary>Blocks kept of a longer recording: 60 s to go back, 10 s being read.</summary>
    private const int RecentBlocks = 8;

    private readonly MelFrameStore _store;
    private readonly RereadMelFrames? _reread;
    private readonly StageTimes _times;

    private Recording(
        AudioInput input,
        int melCount,
        RecordingPass pass,
        MelFrameStore store,
        StageTimes times,
        IReadOnlyList<float>? probabilities,
        CancellationToken cancellationToken)
    {
        (_store, _times, SpeechProbabilities) = (store, times, probabilities);
        SampleCount = pass.SampleCount;
        Warnings = pass.Warnings;
        _reread = store.FirstFrame > 0 ? new RereadMelFrames(input, melCount, SampleCount, store, times, cancellationToken) : null;
        Mel = new LogMelSpectrogram(_reread is null ? store : _reread, melCount, SampleCount, store.FrameCount, pass.Maximum);
    }

    /// <summary>The log-mel; usable until this is disposed.</summary>
    public IMelSource Mel { get; }

    /// <summary>16 kHz samples.</summary>
    public long SampleCount { get; }

    /// <summary>Length in seconds.</summary>
    public double DurationSeconds => SampleCount / (double)SileroVad.SampleRateHz;

    /// <summary>Probability of speech, one a frame of <see cref="SileroVad.FrameSamples"/> samples; null without a VAD.</summary>
    public IReadOnlyList<float>? SpeechProbabilities { get; }

    /// <summary>What a user should know about the file.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Time spent on decoding so far.</summary>
    public TimeSpan DecodeTime => _times.Decode;

    /// <summary>Time spent on log-mel so far, scaling of windows left out.</summary>
    public TimeSpan LogMelTime => _times.LogMel;

    /// <summary>Time spent on speech probabilities.</summary>
    public TimeSpan VadTime => _times.Vad;

    /// <summary>Reads a recording once, front to back.</summary>
    /// <param name="input">The file.</param>
    /// <param name="melCount">Mel bins of the model, 80 or 128.</param>
    /// <param name="voiceActivity">Reset and used here when given.</param>
    /// <param name="cancellationToken">Ends this, and later reading through <see cref="Mel"/> too.</param>
    /// <exception cref="AudioInputException">The file can't be used as audio.</exception>
    public static Recording Analyze(AudioInput input, int melCount, SileroVad? voiceActivity, CancellationToken cancellationToken) =>
        Analyze(input, melCount, voiceActivity, KeptFrames, RecentBlocks, cancellationToken);

    /// <summary>As the other one, with other limits of memory.</summary>
    internal static Recording Analyze(
        AudioInput input, int melCount, SileroVad? voiceActivity, long keptFrames, int recentBlocks, CancellationToken cancellationToken)
    {
        MelFrameStore store = new(melCount, RecordingPass.BlockMelFrames);
        StageTimes times = new();
        try
        {
            using RecordingPass pass = new(input, melCount, store, times, cancellationToken);
            SpeechProbabilityList? probabilities = voiceActivity is null ? null : new(voiceActivity, times, input.Time);
            bool more = true;
            while (more)
            {
                more = pass.ReadBlock();
                probabilities?.Append(pass.Block);
                if (store.FrameCount > keptFrames)
                {
                    store.KeepOnly(recentBlocks);
                }
            }

            return new Recording(input, melCount, pass, store, times, probabilities?.Values, cancellationToken);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reread?.Dispose();
        _store.Dispose();
    }
}
