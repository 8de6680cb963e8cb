namespace Appliance.Speech.Capture;

/// <summary>A microphone.</summary>
internal sealed class AlsaSource(ICaptureDevices devices) : ICaptureSource
{
    /// <inheritdoc/>
    public string Name => "alsa";

    /// <inheritdoc/>
    public ILiveAudio Open(CaptureOptions options)
    {
        AlsaAudio audio = new(devices, options);
        try
        {
            if (!options.WaitsForDevice)
            {
                audio.OpenNow();
            }

            return audio;
        }
        catch
        {
            audio.Dispose();
            throw;
        }
    }
}
