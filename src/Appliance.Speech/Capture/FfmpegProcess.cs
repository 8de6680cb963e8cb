using System.Diagnostics;
using System.IO.Pipes;
using System.Text.RegularExpressions;

namespace Appliance.Speech.Capture;

/// <summary>
/// One run of ffmpeg that writes the first audio track of a file as WAV into a pipe. It reads that one file and nothing else: no
/// network, no device, no playlist. Cancelling and disposing end it.
/// </summary>
internal sealed partial class FfmpegProcess : IDisposable
{
    /// <summary>
    /// What files are taken for. Left out on purpose: everything that names other files (concat, hls, dash, image sequences), text
    /// that any file would pass for (tty, subtitles), raw samples without a header, and devices.
    /// </summary>
    private const string Containers =
        "3dostr,aa,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,asf_o,ast,au,avi,caf,dff,dsf,dts,dtshd,dv,eac3,flac,flv,gxf,iff,ircam,loas,matroska,mlp,"
        + "mov,mp3,mpc,mpc8,mpeg,mpegts,mxf,nsv,nut,oga,ogg,oma,qcp,rm,shn,sox,swf,tak,truehd,tta,voc,w64,wav,webm,wtv,wv,xwma";

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _url;
    private readonly CancellationTokenRegistration _cancellation;
    // not disposed: the reader of standard error may set it later than that
    private readonly ManualResetEventSlim _complaintsEnded = new();
    private string? _firstErrorLine;
    private bool _disposed;

    private FfmpegProcess(Process process, string url, CancellationToken cancellationToken)
    {
        _process = process;
        _url = url;
        _process.ErrorDataReceived += (_, line) => KeepFirst(line.Data);
        _process.BeginErrorReadLine();
        _cancellation = cancellationToken.Register(Kill);
    }

    /// <summary>What it complained of first, without addresses and without the name of the file; null when it did not complain.</summary>
    public string? FirstErrorLine => _firstErrorLine;

    /// <summary>The reading end of the pipe as a path, valid until <see cref="CloseOutput"/>.</summary>
    public string OutputPath => FormattableString.Invariant($"/proc/self/fd/{Output.SafePipeHandle.DangerousGetHandle()}");

    private AnonymousPipeClientStream Output => (AnonymousPipeClientStream)_process.StandardOutput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="path">File to read.</param>
    /// <param name="cancellationToken">Ends it: the pipe then ends too.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public static FfmpegProcess Start(string program, string path, CancellationToken cancellationToken)
    {
        string url = "file:" + Path.GetFullPath(path);
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-v", "error", "-protocol_whitelist", "file,pipe,fd", "-format_whitelist", Containers,
            "-i", url, "-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1",
        ];
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return new FfmpegProcess(process, url, cancellationToken);
    }

    /// <summary>Gives up this process' own reading end, so that ffmpeg notices when the last reader goes.</summary>
    public void CloseOutput() => Output.Dispose();

    /// <summary>After the pipe has ended: waits for the exit and the last complaint.</summary>
    public void WaitForExit()
    {
        if (!_process.WaitForExit(ExitPatience))
        {
            Kill();
        }

        // its last words may come after its exit, and a child of a wrapper script may keep standard error open
        _complaintsEnded.Wait(ExitPatience);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _cancellation.Dispose();
            Kill();
            _process.WaitForExit(ExitPatience);
            _process.Dispose();
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it has ended by itself
        }
    }

    private void KeepFirst(string? line)
    {
        const int longest = 120;
        if (line is null)
        {
            _complaintsEnded.Set();
        }
        else if (!string.IsNullOrWhiteSpace(line))
        {
            string text = Address().Replace(line.Replace(_url + ": ", "", StringComparison.Ordinal).Trim(), "");
            Interlocked.CompareExchange(ref _firstErrorLine, text.Length > longest ? text[..longest] + "…" : text, null);
        }
    }

    [GeneratedRegex(" @ 0x[0-9a-f]+")]
    private static partial Regex Address();
}
