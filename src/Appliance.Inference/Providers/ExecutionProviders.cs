using System.Collections.Frozen;

namespace Appliance.Inference.Providers;

/// <summary>The execution providers that the configuration can name.</summary>
internal static class ExecutionProviders
{
    private static readonly IExecutionProvider[] All = [new TensorRtProvider(), new CudaProvider(), new CpuProvider()];

    private static readonly FrozenDictionary<string, IExecutionProvider> ByName = All.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);

    /// <summary>The providers of these names, in their order, each once.</summary>
    /// <exception cref="InferenceException">A name is unknown, or there is none.</exception>
    public static IReadOnlyList<IExecutionProvider> Find(IReadOnlyList<string> names)
    {
        string[] unknown = [.. names.Where(name => !ByName.ContainsKey(name))];
        if (unknown.Length > 0 || names.Count == 0)
        {
            string wrong = names.Count == 0 ? "no execution provider is named" : $"there is no execution provider {string.Join(", ", unknown.Select(name => $"\"{name}\""))}";
            throw new InferenceException(InferenceError.UnknownProvider, $"{wrong}: name one or more of {string.Join(", ", All.Select(provider => provider.Name))}");
        }

        return [.. names.Distinct(StringComparer.Ordinal).Select(name => ByName[name])];
    }
}
