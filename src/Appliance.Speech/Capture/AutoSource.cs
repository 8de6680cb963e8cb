namespace Appliance.Speech.Capture;

/// <summary>A microphone where there is one, else a file that is played once.</summary>
internal sealed class AutoSource(ICaptureDevices devices) : ICaptureSource
{
    /// <inheritdoc/>
    public string Name => "auto";

    /// <inheritdoc/>
    public ILiveAudio Open(CaptureOptions options)
    {
        if (options.Files.Count > 0)
        {
            return new FileSource().Open(options);
        }

        return options.FallbackFile is { } file && options.Device == DeviceNames.Auto && devices.List().Count == 0
            ? new FileSource().Open(options with { Files = [file] })
            : new AlsaSource(devices).Open(options);
    }
}
