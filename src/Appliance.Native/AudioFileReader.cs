using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>
/// Reads an audio file as 16 kHz mono, full scale 1.0, block by block in bounded memory: all that libsndfile decodes, FLAC and MP3,
/// and from a pipe uncompressed WAV, FLAC and MP3. Sizes in headers are hints; what is there is decoded. One thread at a time.
/// </summary>
public sealed unsafe class AudioFileReader : IDisposable
{
    private readonly AudioFileHandle _file;
    private readonly string _path;

    private AudioFileReader(AudioFileHandle file, string path)
    {
        _file = file;
        _path = path;
        AudioFileInfo info = AudioFileInfo.Create();
        NativeException.ThrowIfFailed(NativeMethods.AudioFileGetInfo(file, ref info), path);
        SampleRateHz = info.SampleRateHz;
        Channels = info.Channels;
        DeclaredFrames = info.DeclaredFrames;
        IsPipe = info.IsPipe != 0;
        Format = ReadFormat(file, path);
    }

    /// <summary>Sample rate of the file as stored.</summary>
    public int SampleRateHz { get; }

    /// <summary>Channels of the file as stored.</summary>
    public int Channels { get; }

    /// <summary>Sample frames that the header promises; -1 when it does not say.</summary>
    public long DeclaredFrames { get; }

    /// <summary>The path is a pipe, to be read once.</summary>
    public bool IsPipe { get; }

    /// <summary>Container and encoding, such as "WAV, 16-bit PCM".</summary>
    public string Format { get; }

    /// <summary>What was met so far; complete once <see cref="Read"/> has returned 0.</summary>
    public AudioFileStatistics Statistics
    {
        get
        {
            AudioFileStatisticsData data = AudioFileStatisticsData.Create();
            NativeException.ThrowIfFailed(NativeMethods.AudioFileGetStatistics(_file, ref data), _path);
            return new AudioFileStatistics
            {
                SourceFrames = data.SourceFrames,
                NonFiniteSamples = data.NonFiniteSamples,
                ChannelUsed = data.ChannelUsed < 0 ? null : data.ChannelUsed,
                CancelledChannels = data.CancelledChannels != 0,
                DeclaredShortfallFrames = data.DeclaredShortfallFrames,
                DecoderError = data.DecoderErrors != 0,
            };
        }
    }

    /// <summary>Opens a file by its content (the name does not matter). A FIFO waits for its writer.</summary>
    /// <exception cref="NativeException">The status says what is wrong with the file.</exception>
    public static AudioFileReader Open(string path, AudioFileOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Channel ?? 0, nameof(options));
        NativeLibraryLoader.EnsureLoaded();
        AudioFileConfig config = AudioFileConfig.Create(options.Channel ?? -1);
        int status = NativeMethods.AudioFileOpen(path, config, out AudioFileHandle file);
        try
        {
            NativeException.ThrowIfFailed(status, path);
            return new AudioFileReader(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next samples, 16 kHz mono. Allocates nothing.</summary>
    /// <returns>Samples written: as many as fit until the last block, 0 at the end.</returns>
    /// <exception cref="NativeException">The file could not be read on.</exception>
    public int Read(Span<float> samples)
    {
        fixed (float* pointer = samples)
        {
            NativeException.ThrowIfFailed(NativeMethods.AudioFileRead(_file, pointer, samples.Length, out long count), _path);
            return (int)count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string ReadFormat(AudioFileHandle file, string path)
    {
        Span<byte> text = stackalloc byte[96];
        fixed (byte* pointer = text)
        {
            NativeException.ThrowIfFailed(NativeMethods.AudioFileGetFormat(file, pointer, text.Length, out _), path);
        }

        return NativeText.Decode(text);
    }
}
