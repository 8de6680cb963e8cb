namespace Appliance.Imaging.Prompts;

/// <summary>Makes the embedding of a request's prompts with one text encoder, or with the two of Stable Diffusion XL.</summary>
internal sealed class PromptEncoder : IDisposable
{
    private readonly TextEncoder _first;
    private readonly TextEncoder? _second;
    private readonly bool _zerosForNoNegative;

    /// <param name="first">The text encoder.</param>
    /// <param name="second">The second one; null for models that are not XL.</param>
    /// <param name="zerosForNoNegative">Whether a request without negative prompt gets zeros for it instead of the empty prompt (XL).</param>
    public PromptEncoder(TextEncoder first, TextEncoder? second, bool zerosForNoNegative)
    {
        _first = first;
        _second = second;
        _zerosForNoNegative = zerosForNoNegative && second is not null;
    }

    /// <summary>Time spent in ONNX Runtime.</summary>
    public TimeSpan Time => _first.Time.Total + (_second?.Time.Total ?? TimeSpan.Zero);

    /// <summary>Encodes the prompts of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isGuided">Whether the negative prompt is needed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public PromptEmbedding Encode(ImageRequest request, bool isGuided, CancellationToken cancellationToken)
    {
        Encoded prompt = Encode(request.Prompt, request.Xl?.SecondPrompt ?? request.Prompt, cancellationToken);
        if (!isGuided)
        {
            return Join([prompt], [TimeIds(request, isNegative: false)], "", "");
        }

        string negative = request.NegativePrompt ?? "";
        Encoded against = request.NegativePrompt is null && _zerosForNoNegative ? prompt.Zeros() : Encode(negative, negative, cancellationToken);
        return Join([against, prompt], [TimeIds(request, isNegative: true), TimeIds(request, isNegative: false)], prompt.LeftOut, against.LeftOut);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
    }

    private static float[] TimeIds(ImageRequest request, bool isNegative)
    {
        XlConditioning xl = request.Xl ?? new();
        if (isNegative && xl.NegativeTimeIds is { } ids)
        {
            return [.. ids];
        }

        (int Height, int Width) original = xl.OriginalSize ?? (request.Height, request.Width);
        (int Height, int Width) target = xl.TargetSize ?? (request.Height, request.Width);
        return [original.Height, original.Width, xl.CropTopLeft.Top, xl.CropTopLeft.Left, target.Height, target.Width];
    }

    private PromptEmbedding Join(Encoded[] rows, float[][] timeIds, string leftOut, string negativeLeftOut) => new()
    {
        Rows = rows.Length,
        Tokens = _first.Tokens,
        Values = [.. rows.SelectMany(row => row.Values)],
        Pooled = _second is null ? null : [.. rows.SelectMany(row => row.Pooled!)],
        TimeIds = _second is null ? null : [.. timeIds.SelectMany(ids => ids)],
        LeftOut = rows.Length == 1 ? rows[0].LeftOut : leftOut,
        NegativeLeftOut = negativeLeftOut,
    };

    private Encoded Encode(string prompt, string secondPrompt, CancellationToken cancellationToken)
    {
        PromptTokens tokens = _first.Encode(prompt);
        if (_second is null)
        {
            return new(_first.LastStates(tokens, cancellationToken), null, tokens.LeftOut);
        }

        PromptTokens secondTokens = _second.Encode(secondPrompt);
        float[] first = _first.PenultimateStates(tokens, cancellationToken).States;
        (float[] second, float[]? pooled) = _second.PenultimateStates(secondTokens, cancellationToken);
        return new(SideBySide(first, second, _first.Tokens), pooled, tokens.LeftOut);
    }

    private static float[] SideBySide(float[] first, float[] second, int tokens)
    {
        (int left, int right) = (first.Length / tokens, second.Length / tokens);
        float[] joined = new float[first.Length + second.Length];
        for (int token = 0; token < tokens; token++)
        {
            first.AsSpan(token * left, left).CopyTo(joined.AsSpan(token * (left + right)));
            second.AsSpan(token * right, right).CopyTo(joined.AsSpan((token * (left + right)) + left));
        }

        return joined;
    }

    private sealed record Encoded(float[] Values, float[]? Pooled, string LeftOut)
    {
        public Encoded Zeros() => new(new float[Values.Length], Pooled is null ? null : new float[Pooled.Length], "");
    }
}
