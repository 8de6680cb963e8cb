using System.Text.Json.Nodes;
using Appliance.Native;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Listen;

/// <summary>The microphones of this machine.</summary>
internal sealed class DeviceList(Terminal terminal)
{
    /// <summary>Prints them.</summary>
    public ExitCode Write(bool json)
    {
        IReadOnlyList<CaptureDeviceInfo> devices = CaptureDevice.List();
        if (json)
        {
            JsonReport.Write(terminal, new JsonArray([.. devices.Select(device => new JsonObject
            {
                ["name"] = device.Name,
                ["card"] = device.Card,
                ["device"] = device.Device,
                ["card_name"] = device.CardName,
                ["device_name"] = device.DeviceName,
            })]));
            return ExitCode.Done;
        }

        if (devices.Count == 0)
        {
            terminal.WriteWarning("no microphone: connect one (in a container: pass /dev/snd in); other ALSA names such as default may still work");
            return ExitCode.Done;
        }

        ReportTable table = new("name", "card", "device");
        foreach (CaptureDeviceInfo device in devices)
        {
            table.Add(device.Name, device.CardName, device.DeviceName);
        }

        table.Write(terminal);
        return ExitCode.Done;
    }
}
