using System.Collections.Frozen;

namespace Appliance.Imaging.Files;

/// <summary>The form of parameters that Stable Diffusion tools write and read: the prompts, then one line of names and values.</summary>
internal static class ToolParameters
{
    // the names that those tools have for schedulers
    private static readonly FrozenDictionary<string, string> Samplers = new Dictionary<string, string>
    {
        ["ddim"] = "DDIM",
        ["euler"] = "Euler",
        ["euler-karras"] = "Euler Karras",
        ["euler-ancestral"] = "Euler a",
        ["dpmpp-2m"] = "DPM++ 2M",
        ["dpmpp-2m-karras"] = "DPM++ 2M Karras",
        ["lcm"] = "LCM",
        ["pndm"] = "PLMS",
        ["flow-euler"] = "Euler",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text.</summary>
    public static string Of(ImageParameters parameters)
    {
        string negative = string.IsNullOrEmpty(parameters.NegativePrompt) ? "" : $"\nNegative prompt: {parameters.NegativePrompt}";
        string sampler = Samplers.GetValueOrDefault(parameters.Scheduler, parameters.Scheduler);
        string strength = parameters.Strength is { } value ? FormattableString.Invariant($", Denoising strength: {value}") : "";
        return parameters.Prompt + negative + FormattableString.Invariant(
            $"\nSteps: {parameters.Steps}, Sampler: {sampler}, CFG scale: {parameters.Guidance}, Seed: {parameters.Seed}, Size: {parameters.Width}x{parameters.Height}, Model hash: {parameters.ModelSha256[..Math.Min(10, parameters.ModelSha256.Length)]}, Model: {parameters.Model}{strength}");
    }
}
