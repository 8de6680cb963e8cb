namespace Appliance.Testing.Golden;

/// <summary>One decoder call and what came of it.</summary>
public sealed record WhisperGoldenStep
{
    /// <summary>Tokens, by row.</summary>
    public required int[][] InputIds { get; init; }

    /// <summary>Whether the rows of all keys and values changed places before the call.</summary>
    public bool SwapKvRowsBefore { get; init; }

    /// <summary>Logits.</summary>
    public required WhisperGoldenLogits Logits { get; init; }

    /// <summary>Some keys and values after the call, by their output's name.</summary>
    public IReadOnlyDictionary<string, GoldenTensor>? Kv { get; init; }

    /// <summary>Cross-attention by layer, where the graphs give it.</summary>
    public IReadOnlyList<WhisperGoldenAttention>? CrossAttentions { get; init; }
}
