using System.Collections.Frozen;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>The streaming policies.</summary>
public static class StreamingPolicies
{
    private const string Auto = "auto";

    private static readonly FrozenDictionary<string, IStreamingPolicy> ByName =
        new IStreamingPolicy[] { new AlignAttPolicy(), new LocalAgreementPolicy() }.ToFrozenDictionary(policy => policy.Name, StringComparer.Ordinal);

    /// <summary>Names that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, .. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The policy of a name; <c>auto</c> takes the one that measured better among those that the model can serve.</summary>
    /// <exception cref="ArgumentException">There is none, or the model can't serve it; the message says what to do.</exception>
    internal static IStreamingPolicy Choose(string name, bool hasAlignment)
    {
        string chosen = name != Auto ? name : hasAlignment ? "align-att" : "local-agreement";
        if (!ByName.TryGetValue(chosen, out IStreamingPolicy? policy))
        {
            throw new ArgumentException($"unknown streaming policy '{name}': use one of {string.Join(", ", Names)}", nameof(name));
        }

        return !policy.NeedsAlignment || hasAlignment
            ? policy
            : throw new ArgumentException($"the streaming policy '{name}' needs a model with alignment scores, this one has none: use local-agreement", nameof(name));
    }
}
