using Appliance.Native;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.AudioIn;

/// <summary>Which audio is taken from a network: what libsndfile reads by itself, told by its first bytes and never by a name.</summary>
internal static class AudioKinds
{
    private const int FirstPage = 512;

    /// <summary>Puts the bytes of a request into memory that has no name.</summary>
    /// <exception cref="JobException">They are no audio of a kind that is taken.</exception>
    public static JobAudio Take(byte[] bytes)
    {
        Check(bytes);
        MemoryFile file = new();
        file.Append(bytes);
        return new JobAudio(file);
    }

    /// <summary>Looks at the first bytes.</summary>
    /// <exception cref="JobException">They are no audio of a kind that is taken.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes[..Math.Min(bytes.Length, FirstPage)];
        bool isKnown = (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WAVE"u8))
            || start.StartsWith("fLaC"u8)
            || (start.StartsWith("OggS"u8) && start.IndexOf("OpusHead"u8) >= 0);
        if (!isKnown)
        {
            throw new JobException(ErrorCode.UnsupportedMedia, "the audio is neither WAV nor FLAC nor Ogg Opus: convert it to one of them (raw samples go in a stream)");
        }
    }
}
