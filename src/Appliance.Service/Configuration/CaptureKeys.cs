using System.Text.Json.Nodes;
using Appliance.Speech.Capture;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>capture</c>.</summary>
internal static class CaptureKeys
{
    private const int MaximumChannels = 64;

    private static readonly SettingSection<CaptureSettings> Section = new("capture", all => all.Capture, (all, section) => all with { Capture = section });

    private static readonly SettingSection<CaptureSettings> Settable =
        new("capture", all => all.Capture, (all, section) => all with { Capture = section }) { IsSettable = true };

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Choice("source", CaptureSources.Names, capture => capture.Source, (capture, source) => capture with { Source = source! }),
        Settable.Text("device", "auto or the name of a device", capture => capture.Device,
            (capture, device) => device.Length > 0 ? capture with { Device = device } : null),
        Settable.Key("channel", $"mix or a channel from 0 to {MaximumChannels - 1}", new JsonObject { ["type"] = new JsonArray("string", "integer") },
            capture => capture.Channel is { } channel ? channel : "mix",
            (capture, value) => value.AsWholeNumber() is >= 0 and < MaximumChannels and long channel ? capture with { Channel = (int)channel }
                : value.AsText() is "mix" ? capture with { Channel = null } : null),
        Settable.Choice("mode", SegmentTriggers.Names, capture => capture.Mode, (capture, mode) => capture with { Mode = mode! }),
        Settable.Number("levelThreshold", "a level in dBFS from -100 to 0", -100, 0, capture => capture.LevelThreshold,
            (capture, level) => capture with { LevelThreshold = level }),
        Settable.Texts("phrases", "a list of texts", capture => capture.Phrases, (capture, phrases) => capture with { Phrases = phrases }),
        Section.Text("file", "the path of a file", capture => capture.File ?? "",
            (capture, file) => capture with { File = file.Length == 0 ? null : file }),
        Section.Text("deviceRoot", "the path of a folder", capture => capture.DeviceRoot,
            (capture, folder) => folder.Length > 0 ? capture with { DeviceRoot = folder } : null),
    ];
}
