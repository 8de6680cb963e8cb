using System.Globalization;

namespace Appliance.Native;

/// <summary>A device that can capture.</summary>
/// <param name="Card">Number of its card, which another start or port may change.</param>
/// <param name="Device">Number of the device on the card.</param>
/// <param name="CardId">Id of the card, which stays.</param>
/// <param name="CardName">Name of the card for people.</param>
/// <param name="DeviceName">Name of the device for people.</param>
public sealed record CaptureDeviceInfo(int Card, int Device, string CardId, string CardName, string DeviceName)
{
    /// <summary>The ALSA name that stays the same wherever it is plugged in.</summary>
    public string Name => Device == 0 ? $"hw:CARD={CardId}" : $"hw:CARD={CardId},DEV={Device}";

    internal static CaptureDeviceInfo Parse(string line)
    {
        string[] parts = line.Split('\t');
        return new CaptureDeviceInfo(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3], parts[4]);
    }
}
