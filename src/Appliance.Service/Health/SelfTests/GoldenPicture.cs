namespace Appliance.Service.Health.SelfTests;

/// <summary>Golden results of drawing.</summary>
internal sealed record GoldenPicture
{
    /// <summary>A prompt.</summary>
    public required string Text { get; init; }

    /// <summary>Its tokens, marks included, without the padding.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>Seed of the noise.</summary>
    public required long NoiseSeed { get; init; }

    /// <summary>Values of one draw.</summary>
    public required int NoiseCount { get; init; }

    /// <summary>The first of them, as torch draws them.</summary>
    public required IReadOnlyList<float> Noise { get; init; }

    /// <summary>What is drawn.</summary>
    public required string Prompt { get; init; }

    /// <summary>Seed of the picture.</summary>
    public required long Seed { get; init; }

    /// <summary>Rendered scenes, shape [32, 32, 3], 8 bits: the right one, then others.</summary>
    public required IReadOnlyList<byte[]> Scenes { get; init; }
}
