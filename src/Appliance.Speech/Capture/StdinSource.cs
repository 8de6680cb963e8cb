namespace Appliance.Speech.Capture;

/// <summary>Raw samples from a pipe: 16-bit little endian, interleaved.</summary>
internal sealed class StdinSource : ICaptureSource
{
    private const int MostChannels = 64;

    /// <inheritdoc/>
    public string Name => "stdin";

    /// <inheritdoc/>
    public ILiveAudio Open(CaptureOptions options)
    {
        if (options.RawInput is null)
        {
            throw new CaptureException(CaptureError.BadRequest, null, "the source 'stdin' needs a pipe on standard input: arecord -t raw -f S16_LE -r 16000 | appliance listen --source stdin");
        }

        if (options.RawRateHz is < 1000 or > 768_000)
        {
            throw new CaptureException(CaptureError.BadRequest, null, $"a raw rate of {options.RawRateHz} Hz: use 1000 to 768000");
        }

        if (options.RawChannels is < 1 or > MostChannels)
        {
            throw new CaptureException(CaptureError.BadRequest, null, $"{options.RawChannels} raw channels: use 1 to {MostChannels}");
        }

        if (options.Channel is int channel && (channel < 0 || channel >= options.RawChannels))
        {
            throw new CaptureException(CaptureError.BadRequest, null, $"there is no channel {channel}: standard input has {options.RawChannels}, numbered from 0");
        }

        if (!double.IsFinite(options.Pace) || options.Pace < 0)
        {
            throw new CaptureException(CaptureError.BadRequest, null, "the pace must be 0 (as fast as it goes) or a positive number (1 is real time)");
        }

        return new StdinAudio(options);
    }
}
