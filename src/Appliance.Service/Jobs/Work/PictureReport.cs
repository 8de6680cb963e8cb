using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Imaging.Files;

namespace Appliance.Service.Jobs.Work;

/// <summary>What is said of a picture on every surface (interfaces.md §5).</summary>
internal static class PictureReport
{
    /// <summary>Path first (where there is one), then what the file says, then hash and times in milliseconds.</summary>
    public static JsonObject Of(string? path, ImageParameters parameters, string sha256, ImageTiming timing, TimeSpan written)
    {
        JsonObject report = [];
        if (path is not null)
        {
            report["path"] = path;
        }

        foreach ((string name, JsonNode? value) in JsonNode.Parse(parameters.ToJson())!.AsObject())
        {
            report[name] = value?.DeepClone();
        }

        report["sha256"] = sha256;
        report["timing"] = new JsonObject
        {
            ["prompt"] = Milliseconds(timing.Prompt),
            ["start"] = Milliseconds(timing.Start),
            ["denoising"] = Milliseconds(timing.Denoising),
            ["decoding"] = Milliseconds(timing.Decoding),
            ["file"] = Milliseconds(written),
            ["total"] = Milliseconds(timing.Total + written),
            ["engine"] = Milliseconds(timing.Engine),
        };
        return report;
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
