using System.ComponentModel;
using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>
/// A file to transcribe; it can be opened more than once. What libsndfile does not read goes through ffmpeg where that is installed.
/// </summary>
public sealed class AudioInput
{
    private readonly AudioFileOptions _options;

    /// <param name="path">The file; its name says nothing about its format.</param>
    /// <param name="options">Which channel.</param>
    /// <param name="time">By what the stages are timed.</param>
    public AudioInput(string path, AudioFileOptions options, TimeProvider? time = null)
    {
        Path = path;
        _options = options;
        Time = time ?? TimeProvider.System;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Whether ffmpeg may be asked where libsndfile does not know the format; not for what comes from a network.</summary>
    public bool MayUseFfmpeg { get; init; } = true;

    internal TimeProvider Time { get; }

    /// <summary>Path of ffmpeg; null where it is not installed.</summary>
    internal string? Ffmpeg { get; init; } = FfmpegProgram.Find();

    /// <summary>Opens the file at its start.</summary>
    /// <exception cref="AudioInputException">It can't be used as audio.</exception>
    public AudioDecoder Open() => Open(CancellationToken.None);

    /// <summary>Opens the file at its start; the token also ends what the decoder does later.</summary>
    /// <exception cref="AudioInputException">It can't be used as audio.</exception>
    public AudioDecoder Open(CancellationToken cancellationToken) => Open(_options, cancellationToken);

    private AudioDecoder Open(AudioFileOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWhatCannotBeReopened();
        try
        {
            return new AudioDecoder(AudioFileReader.Open(Path, options), null, Path, cancellationToken);
        }
        catch (NativeException fault) when (MayUseFfmpeg && AudioInputFaults.MayBeKnownToFfmpeg(fault.Status))
        {
            return OpenWithFfmpeg(options, fault, cancellationToken);
        }
        catch (NativeException fault) when (Explain(fault) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Opening a pipe would wait for a writer, a device may never end; both have no length.</summary>
    private void RefuseWhatCannotBeReopened()
    {
        FileInfo file = new(Path);
        if (file.Exists && file.Length == 0)
        {
            throw new AudioInputException(AudioInputError.Unsupported, Path, "the file is empty (or a pipe or a device): name a file that holds audio");
        }
    }

    private AudioDecoder OpenWithFfmpeg(AudioFileOptions options, NativeException fault, CancellationToken cancellationToken)
    {
        FfmpegProcess ffmpeg = StartFfmpeg(fault, cancellationToken);
        try
        {
            AudioFileReader reader = AudioFileReader.Open(ffmpeg.OutputPath, options);
            ffmpeg.CloseOutput();
            return new AudioDecoder(reader, ffmpeg, Path, cancellationToken);
        }
        catch (NativeException pipeFault)
        {
            using (ffmpeg)
            {
                ffmpeg.CloseOutput();
                cancellationToken.ThrowIfCancellationRequested();
                throw ExplainPipe(pipeFault, ffmpeg, fault);
            }
        }
    }

    private AudioInputException ExplainPipe(NativeException pipeFault, FfmpegProcess ffmpeg, NativeException fault)
    {
        if ((pipeFault.Status is NativeStatus.ChannelAbsent or NativeStatus.ChannelCount or NativeStatus.SampleRate) && Explain(pipeFault) is { } explained)
        {
            return explained;
        }

        // no WAV came out of it
        ffmpeg.WaitForExit();
        return AudioInputFaults.UnknownToFfmpeg(Path, ffmpeg.FirstErrorLine, fault);
    }

    private FfmpegProcess StartFfmpeg(NativeException fault, CancellationToken cancellationToken)
    {
        if (Ffmpeg is null)
        {
            throw AudioInputFaults.NeedsFfmpeg(Path, fault);
        }

        try
        {
            return FfmpegProcess.Start(Ffmpeg, Path, cancellationToken);
        }
        catch (Win32Exception notStarted)
        {
            throw AudioInputFaults.UnknownToFfmpeg(Path, notStarted.Message, fault);
        }
    }

    private AudioInputException? Explain(NativeException fault)
    {
        if (fault.Status is not NativeStatus.ChannelAbsent)
        {
            return AudioInputFaults.From(fault, Path);
        }

        // the first channel is always there
        using AudioDecoder first = Open(_options with { Channel = 0 }, CancellationToken.None);
        return AudioInputFaults.NoSuchChannel(Path, _options.Channel ?? 0, first.Channels, fault);
    }
}
