namespace Appliance.Imaging.Prompts;

/// <summary>Prompts as the UNet gets them.</summary>
internal sealed record PromptEmbedding
{
    /// <summary>1, or 2 with the negative prompt first.</summary>
    public required int Rows { get; init; }

    /// <summary>Tokens of a prompt.</summary>
    public required int Tokens { get; init; }

    /// <summary>Shape [rows, tokens, width].</summary>
    public required float[] Values { get; init; }

    /// <summary>Width of a token's embedding.</summary>
    public int Width => Values.Length / (Rows * Tokens);

    /// <summary>Stable Diffusion XL: embeddings of the whole prompts, shape [rows, width].</summary>
    public float[]? Pooled { get; init; }

    /// <summary>Stable Diffusion XL: original height and width, top and left of the crop, height and width wanted; shape [rows, 6].</summary>
    public float[]? TimeIds { get; init; }

    /// <summary>The end of the prompt that found no place; empty when all of it did.</summary>
    public string LeftOut { get; init; } = "";

    /// <summary>The end of the negative prompt that found no place.</summary>
    public string NegativeLeftOut { get; init; } = "";

    /// <summary>Only the prompt itself, for a run without guidance.</summary>
    public PromptEmbedding WithoutNegative() => Rows == 1 ? this : this with
    {
        Rows = 1,
        Values = Values[(Values.Length / 2)..],
        Pooled = Pooled?[(Pooled.Length / 2)..],
        TimeIds = TimeIds?[(TimeIds.Length / 2)..],
    };
}
