using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Appliance.Service.Cli.Output;
using Appliance.Speech.Listening;

namespace Appliance.Service.Cli.Listen;

/// <summary>
/// Keeps the audio of segments and their final texts in a folder of this run, readable by this user alone. A full disk is told once and
/// costs what is kept, not what is heard.
/// </summary>
internal sealed class SegmentFolder : ISegmentRecorder, IDisposable
{
    private const int SampleRateHz = 16000;
    private const int HeaderBytes = 44;
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private readonly Terminal _terminal;
    private readonly StreamWriter _texts;
    private bool _hasFailed;

    private SegmentFolder(string folder, Terminal terminal)
    {
        _folder = folder;
        _terminal = terminal;
        _texts = new StreamWriter(Create("transcript.jsonl"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>Makes a new folder, named by the time of day.</summary>
    /// <exception cref="CommandException">It can't be made.</exception>
    public static SegmentFolder Create(string path, TimeProvider time, Terminal terminal)
    {
        string name = time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string folder = Path.Combine(path, name);
        for (int number = 2; Path.Exists(folder); number++)
        {
            folder = Path.Combine(path, $"{name}-{number}");
        }

        try
        {
            Directory.CreateDirectory(folder, FolderMode);
            return new SegmentFolder(folder, terminal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.OutputFailed, $"the folder {folder} can't be made ({fault.Message}): make it or name another --save", fault);
        }
    }

    /// <inheritdoc/>
    public void Record(int segment, double start, ReadOnlySpan<float> samples)
    {
        byte[] wave = new byte[HeaderBytes + (samples.Length * sizeof(short))];
        WriteHeader(wave, samples.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            short sample = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(HeaderBytes + (i * sizeof(short))), sample);
        }

        Try(() =>
        {
            using FileStream file = Create(FormattableString.Invariant($"segment-{segment:000000}.wav"));
            file.Write(wave);
        });
        wave.AsSpan().Clear();
    }

    /// <summary>Keeps final texts.</summary>
    public void Keep(ListenEvent told)
    {
        if (told is FinalEvent)
        {
            Try(() => _texts.WriteLine(ListenEventJson.Of(told)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Try(_texts.Dispose);

    private FileStream Create(string name) => new(Path.Combine(_folder, name), new FileStreamOptions
    {
        Mode = System.IO.FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.Read,
        UnixCreateMode = FileMode,
    });

    private static void WriteHeader(Span<byte> wave, int samples)
    {
        "RIFF"u8.CopyTo(wave);
        BinaryPrimitives.WriteInt32LittleEndian(wave[4..], wave.Length - 8);
        "WAVEfmt "u8.CopyTo(wave[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wave[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wave[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wave[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(wave[24..], SampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(wave[28..], SampleRateHz * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wave[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wave[34..], 16);
        "data"u8.CopyTo(wave[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wave[40..], samples * sizeof(short));
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                _terminal.WriteError($"{_folder}: {fault.Message}: what is heard from here on is not kept; make room there");
            }
        }
    }
}
