using Appliance.Native;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether there is a microphone, and whether this user may use it.</summary>
internal sealed class CaptureCheck(Func<IReadOnlyList<CaptureDeviceInfo>>? list = null) : IDoctorCheck
{
    private readonly Func<IReadOnlyList<CaptureDeviceInfo>> _list = list ?? CaptureDevice.List;

    /// <inheritdoc/>
    public string Name => "capture";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        IReadOnlyList<CaptureDeviceInfo> devices = _list();
        if (devices.Count > 0)
        {
            return [Finding.Ok(string.Join(", ", devices.Select(device => $"{device.Name} ({device.CardName})")))];
        }

        string root = context.Settings.Capture.DeviceRoot;
        bool hasNodes = Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root, "pcmC*c").Any();
        return
        [
            hasNodes
                ? Finding.Warning($"{root} has capture devices that can't be used", "add this user to the group 'audio' and log in again")
                : Finding.Warning("no microphone", "connect one to use 'appliance listen' (in a container: pass /dev/snd in)"),
        ];
    }
}
