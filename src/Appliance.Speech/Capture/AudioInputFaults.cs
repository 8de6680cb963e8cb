using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>From the status of the native reader to what the user is told.</summary>
internal static class AudioInputFaults
{
    /// <summary>Whether another decoder may know what this one does not.</summary>
    public static bool MayBeKnownToFfmpeg(NativeStatus status) =>
        status is NativeStatus.FormatUnknown or NativeStatus.EncodingUnsupported or NativeStatus.FileDamaged;

    /// <summary>The exception for a file that could not be opened or read; null when the fault is not the file's.</summary>
    public static AudioInputException? From(NativeException fault, string path)
    {
        (AudioInputError Code, string Message)? known = fault.Status switch
        {
            NativeStatus.FileNotFound => (AudioInputError.NotFound, "no such file: check the path"),
            NativeStatus.FileIsDirectory => (AudioInputError.IsDirectory, "this is a directory: name the files in it"),
            NativeStatus.FileNotReadable => (AudioInputError.NotReadable, "the file may not be read: check its permissions"),
            NativeStatus.ReadFailed => (AudioInputError.NotReadable, "reading the file failed: check the disk or the connection it comes over"),
            NativeStatus.FileEmpty => (AudioInputError.Unsupported, "the file is empty: record or copy it again"),
            NativeStatus.FormatUnknown => (AudioInputError.Unsupported, "this is no audio format that is known here: convert it to WAV or FLAC"),
            NativeStatus.EncodingUnsupported => (AudioInputError.Unsupported, "the encoding inside this file is not supported: convert it to WAV or FLAC"),
            NativeStatus.FileDamaged => (AudioInputError.Unsupported, "the header of this file is damaged: record or copy it again"),
            NativeStatus.ChannelCount => (AudioInputError.Unsupported, "the header says no channel or more than 64: convert it to 1 to 64 channels"),
            NativeStatus.SampleRate => (AudioInputError.Unsupported, "the sample rate is not within 1 to 768 kHz: convert it to 16 kHz"),
            _ => null,
        };
        return known is var (code, message) ? new AudioInputException(code, path, message, fault) : null;
    }

    /// <summary>For a format that libsndfile does not read, where ffmpeg is not installed.</summary>
    public static AudioInputException NeedsFfmpeg(string path, NativeException fault) =>
        new(
            AudioInputError.Unsupported,
            path,
            "this is not a format that libsndfile reads: if it is audio, install ffmpeg "
                + $"({FfmpegProgram.InstallCommand}), which is then used, or convert it to WAV or FLAC",
            fault);

    /// <summary>For a format that neither libsndfile nor ffmpeg reads.</summary>
    public static AudioInputException UnknownToFfmpeg(string path, string? complaint, Exception fault)
    {
        string quoted = complaint is null ? "" : $" (ffmpeg: {complaint})";
        return new(
            AudioInputError.Unsupported,
            path,
            $"neither libsndfile nor ffmpeg finds audio in this file{quoted}: check that it is audio and that it is whole",
            fault);
    }

    /// <summary>For a channel that the file does not have.</summary>
    public static AudioInputException NoSuchChannel(string path, int channel, int channels, NativeException fault)
    {
        string present = channels == 1 ? "the only channel is 0" : $"the channels are 0 to {channels - 1}";
        return new(AudioInputError.NoSuchChannel, path, $"there is no channel {channel}: {present}, or take mix", fault);
    }
}
