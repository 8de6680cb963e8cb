using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>The samples of one file, front to back. Not thread-safe.</summary>
public sealed class AudioDecoder : IDisposable
{
    private readonly AudioFileReader _reader;
    private readonly FfmpegProcess? _ffmpeg;
    private readonly string _path;
    private readonly CancellationToken _cancellationToken;
    private bool _ended;

    internal AudioDecoder(AudioFileReader reader, FfmpegProcess? ffmpeg, string path, CancellationToken cancellationToken)
    {
        _reader = reader;
        _ffmpeg = ffmpeg;
        _path = path;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Container and encoding, for people.</summary>
    public string Format => _ffmpeg is null ? _reader.Format : "decoded by ffmpeg";

    /// <summary>Channels of the file as stored.</summary>
    public int Channels => _reader.Channels;

    /// <summary>What was met on the way; complete after the end.</summary>
    public IReadOnlyList<string> Warnings => [.. AudioWarnings.From(_reader.Statistics, _reader.SampleRateHz), .. FfmpegComplaint()];

    /// <summary>Reads the next samples.</summary>
    /// <param name="samples">Destination, 16 kHz mono, [-1, 1].</param>
    /// <returns>Samples written; 0 at the end.</returns>
    /// <exception cref="AudioInputException">The file can't be read on.</exception>
    /// <exception cref="OperationCanceledException">The token given at opening was cancelled.</exception>
    public int Read(Span<float> samples)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        int count = ReadNext(samples);
        if (count == 0 && !_ended)
        {
            // a cancelled ffmpeg looks like the end of the file
            _cancellationToken.ThrowIfCancellationRequested();
            _ffmpeg?.WaitForExit();
            _ended = true;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // without a reader ffmpeg ends by itself, whatever else started it
        _reader.Dispose();
        _ffmpeg?.Dispose();
    }

    private int ReadNext(Span<float> samples)
    {
        try
        {
            return _reader.Read(samples);
        }
        catch (NativeException fault) when (AudioInputFaults.From(fault, _path) is { } known)
        {
            throw known;
        }
    }

    private IEnumerable<string> FfmpegComplaint() =>
        _ended && _ffmpeg?.FirstErrorLine is { } line ? [$"ffmpeg met a fault in the file: {line}"] : [];
}
