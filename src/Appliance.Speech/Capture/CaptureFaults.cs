using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>What faults of microphones mean to the user.</summary>
internal static class CaptureFaults
{
    /// <summary>There is none, or not the one that was asked for.</summary>
    public static CaptureException Missing(string wanted, IReadOnlyList<CaptureDeviceInfo> devices)
    {
        string there = devices.Count > 0
            ? $"there is: {string.Join(", ", devices.Select(device => device.Name))}"
            : "this machine has none: connect one (in a container: pass /dev/snd in), or play a file with --source file";
        return new CaptureException(CaptureError.NoDevice, wanted, wanted == DeviceNames.Auto ? $"no microphone: {there}" : $"no microphone '{wanted}': {there}");
    }

    /// <summary>It can't be opened.</summary>
    public static CaptureException Of(string device, NativeException fault, IReadOnlyList<CaptureDeviceInfo> devices) => fault.Status switch
    {
        NativeStatus.DeviceNotFound => Missing(device, devices),
        NativeStatus.DeviceBusy => new CaptureException(CaptureError.NoDevice, device,
            $"{fault.Message}: end that program, or use a device that several can share (--device default)", fault),
        NativeStatus.DeviceDenied => new CaptureException(CaptureError.NoDevice, device, $"{fault.Message}: add this user to that group", fault),
        NativeStatus.ChannelAbsent => new CaptureException(CaptureError.BadRequest, device, fault.Message, fault),
        _ => new CaptureException(CaptureError.DeviceFailed, device, $"{fault.Message}: try another device (--list-devices shows them)", fault),
    };
}
