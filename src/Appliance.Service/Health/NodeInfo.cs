using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs.Engines;

namespace Appliance.Service.Health;

/// <summary>What the node is and can do: the message <c>info</c>.</summary>
internal static class NodeInfo
{
    private const string TegraRelease = "/etc/nv_tegra_release";

    /// <summary>The message.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">What requests may be like.</param>
    /// <param name="capabilities">What can be asked for.</param>
    public static JsonObject Of(ApplianceSettings settings, ModelPool models, JsonObject limits, IReadOnlyList<string> capabilities) => new()
    {
        ["api"] = 1,
        ["version"] = ProductVersion.Number,
        ["git"] = ProductVersion.Commit,
        ["os"] = RuntimeInformation.OSDescription,
        ["arch"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        ["jetpack"] = File.Exists(TegraRelease) ? File.ReadLines(TegraRelease).FirstOrDefault() : null,
        ["eps"] = Texts(settings.Inference.Providers),
        ["models"] = new JsonArray([.. models.Catalog.Where(entry => entry is { Manifest: not null, Problem: null, HiddenBy: null }).Select(entry => (JsonNode)new JsonObject
        {
            ["name"] = entry.Name,
            ["kind"] = entry.Manifest!.Kind,
            ["bytes"] = entry.Manifest.TotalBytes,
            ["languages"] = entry.Manifest.Kind == ModelKinds.Whisper ? entry.Manifest.Languages.Count : null,
        })]),
        ["limits"] = limits,
        ["capabilities"] = Texts(capabilities),
        ["config_hash"] = HashOf(settings),
    };

    /// <summary>Limits of images, for every surface.</summary>
    public static JsonObject ImageLimitsJson() => new()
    {
        ["image_side"] = ImageLimits.Side,
        ["image_steps"] = ImageLimits.Steps,
        ["prompt_characters"] = ImageLimits.PromptLength,
    };

    private static string HashOf(ApplianceSettings settings)
    {
        StringBuilder text = new();
        foreach (SettingKey key in SettingKeys.InOrder)
        {
            text.Append(key.FullName).Append('=').Append(key.Show(settings)?.ToJsonString()).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
