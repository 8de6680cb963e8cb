using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>The microphones of this machine.</summary>
internal interface ICaptureDevices
{
    /// <summary>All that can capture now.</summary>
    IReadOnlyList<CaptureDeviceInfo> List();

    /// <summary>Opens one by its ALSA name.</summary>
    /// <exception cref="NativeException">The status says why it can't be used.</exception>
    ICaptureDevice Open(string name, CaptureDeviceOptions options);
}
