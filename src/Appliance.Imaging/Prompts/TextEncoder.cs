using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Prompts;

/// <summary>One text encoder with its tokenizer.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="graph">The graph; owned from here on.</param>
internal sealed class TextEncoder(ClipTokenizer tokenizer, ComponentGraph graph) : IDisposable
{
    private const string Ids = "input_ids";
    private const string LastState = "last_hidden_state";
    private const string StatePrefix = "hidden_states.";

    /// <summary>Tokens of a prompt.</summary>
    public int Tokens => tokenizer.Length;

    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time => graph.Time;

    /// <summary>The tokens of a prompt.</summary>
    public PromptTokens Encode(string prompt) => tokenizer.Encode(prompt);

    /// <summary>The states after the last layer, shape [tokens, width].</summary>
    public float[] LastStates(PromptTokens tokens, CancellationToken cancellationToken) => Run(tokens, [LastState], cancellationToken)[0];

    /// <summary>The states before the last layer, shape [tokens, width], and the embedding of the whole prompt when the graph gives one.</summary>
    public (float[] States, float[]? Pooled) PenultimateStates(PromptTokens tokens, CancellationToken cancellationToken)
    {
        // N layers give N + 1 states, the embedding itself first
        string[] states = [.. graph.OutputNames.Where(name => name.StartsWith(StatePrefix, StringComparison.Ordinal)).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)];
        if (states.Length < 2)
        {
            throw graph.Unlike("no outputs hidden_states.N, which Stable Diffusion XL needs");
        }

        bool isPooled = graph.OutputNames.Contains("text_embeds");
        float[][] results = Run(tokens, isPooled ? [states[^2], "text_embeds"] : [states[^2]], cancellationToken);
        return (results[0], isPooled ? results[1] : null);
    }

    /// <inheritdoc/>
    public void Dispose() => graph.Dispose();

    private float[][] Run(PromptTokens tokens, string[] outputs, CancellationToken cancellationToken)
    {
        foreach (string output in outputs)
        {
            _ = graph.Output(output);
        }

        float[] ids = [.. tokens.Ids.Select(id => (float)id)];
        return [.. graph.Run(Ids, ids, [1, ids.Length], outputs, cancellationToken).Select(result => result.Values)];
    }
}
