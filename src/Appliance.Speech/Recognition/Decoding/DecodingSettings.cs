using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>How one attempt at a window is decoded.</summary>
internal sealed record DecodingSettings
{
    /// <summary>0 takes the most probable token, above it tokens are sampled.</summary>
    public required double Temperature { get; init; }

    /// <summary>Rows: beams at temperature 0, independent samples above.</summary>
    public required int Rows { get; init; }

    /// <summary>Beam search ends when this many times the beams have ended.</summary>
    public required double Patience { get; init; }

    /// <summary>Alpha of the length penalty, or null for division by the length.</summary>
    public required double? LengthPenalty { get; init; }

    /// <summary>Most tokens that are sampled.</summary>
    public required int SampleLength { get; init; }

    /// <summary>Rules, in order.</summary>
    public required ILogitFilter[] Filters { get; init; }

    /// <summary>Ends an attempt that repeats itself.</summary>
    public required bool LoopGuard { get; init; }

    /// <summary>Seed of the sampling.</summary>
    public required int Seed { get; init; }

    /// <summary>Tokens before the first sampled one, <see cref="Forced"/> included.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>The end of <see cref="Prompt"/> that counts as sampled text: for the filters, the loop guard, and in the result.</summary>
    public int[] Forced { get; init; } = [];

    /// <summary>Place of the start-of-transcript token in <see cref="Prompt"/>.</summary>
    public required int SotIndex { get; init; }
}
