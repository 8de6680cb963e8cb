using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>From what a user calls a microphone to the ALSA name that stays the same wherever it is plugged in.</summary>
internal static partial class DeviceNames
{
    /// <summary>Any microphone will do.</summary>
    public const string Auto = "auto";

    /// <summary>The ALSA name.</summary>
    /// <param name="wanted">What the user wrote.</param>
    /// <param name="previous">The name in use before, preferred by <c>auto</c>; null at first.</param>
    /// <param name="deviceRoot">The folder /dev/snd.</param>
    /// <param name="devices">What is there.</param>
    /// <returns>Null when it is not there.</returns>
    public static string? Resolve(string wanted, string? previous, string deviceRoot, IReadOnlyList<CaptureDeviceInfo> devices)
    {
        if (wanted == Auto)
        {
            return devices.Any(device => device.Name == previous) ? previous : devices.Count > 0 ? devices[0].Name : null;
        }

        if (PathOf(wanted, deviceRoot) is string path)
        {
            return CardOf(path) is int card ? devices.FirstOrDefault(device => device.Card == card)?.Name : null;
        }

        if (devices.FirstOrDefault(device => device.CardId == wanted) is { } byId)
        {
            return byId.Name;
        }

        // a number changes when it is plugged into another port
        Match number = Numbered().Match(wanted);
        if (number.Success)
        {
            int card = int.Parse(number.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            int device = number.Groups[2].Success ? int.Parse(number.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
            return devices.FirstOrDefault(known => known.Card == card && known.Device == device)?.Name;
        }

        return wanted;
    }

    /// <summary>True for names that <see cref="CaptureDeviceInfo.Name"/> could be: whether such a device is there, the list tells.</summary>
    public static bool IsListed(string name) => name.StartsWith("hw:CARD=", StringComparison.Ordinal);

    private static string? PathOf(string wanted, string deviceRoot)
    {
        if (wanted.StartsWith('/'))
        {
            return wanted;
        }

        string byPath = Path.Combine(deviceRoot, "by-path", wanted);
        return !wanted.Contains('/', StringComparison.Ordinal) && wanted.Contains('-', StringComparison.Ordinal) && File.Exists(byPath) ? byPath : null;
    }

    /// <summary>The number of the card that a link of by-path or by-id, or a device node, belongs to.</summary>
    private static int? CardOf(string path)
    {
        try
        {
            string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            Match match = Node().Match(Path.GetFileName(target));
            return match.Success && File.Exists(target) ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^hw:(\d{1,3})(?:,(\d{1,3}))?$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(?:control|pcm)C(\d{1,3})")]
    private static partial Regex Node();
}
