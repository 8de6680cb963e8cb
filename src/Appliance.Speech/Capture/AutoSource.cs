namespace Appliance.Speech.Capture;

/// <summary>A microphone where there is one, else a file that is played once.</summary>
internal sealed class AutoSource(ICaptureDevices devices) : ICaptureSource
{
    /// <inheritdoc/>
    public string Name => "auto";

    /// <inheritdoc/>
    public ILiveAudio Open(CaptureOptions options)
    {
        bool hasNone = options.Device == DeviceNames.Auto && devices.List().Count == 0;
        if (options.Files.Count > 0)
        {
            return new FileSource().Open(options);
        }

        return hasNone && options.FallbackFile is { } file
            ? new FileSource().Open(options with { Files = [file] })
            : new AlsaSource(devices).Open(options);
    }
}
