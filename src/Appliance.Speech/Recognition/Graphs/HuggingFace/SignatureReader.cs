using Appliance.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Looks up the inputs and outputs of one graph and names what is amiss.</summary>
/// <param name="session">The graph.</param>
/// <param name="graph">What it is, for messages: "encoder", "decoder".</param>
/// <param name="folder">Where it came from.</param>
internal sealed class SignatureReader(InferenceSession session, string graph, string folder)
{
    /// <summary>What to do about a graph of another layout.</summary>
    public const string Advice = "export the model again with optimum, or convert its safetensors with scripts/convert-whisper";

    private readonly HashSet<string> _known = [];

    /// <summary>True when an input's name starts so.</summary>
    public bool HasInput(string prefix) => session.InputMetadata.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>True when there is an output of that name.</summary>
    public bool HasOutput(string name) => session.OutputMetadata.ContainsKey(name);

    /// <summary>An input, or null. <paramref name="shape"/> has −1 where any size will do, and is null where any shape will.</summary>
    public GraphTensor? FindInput(string name, TensorElementType[] types, int[]? shape)
    {
        _known.Add(name);
        return session.InputMetadata.TryGetValue(name, out NodeMetadata? found) ? Checked("input", name, found, types, shape) : null;
    }

    /// <summary>An input that must be there.</summary>
    public GraphTensor Input(string name, TensorElementType[] types, int[] shape) =>
        FindInput(name, types, shape) ?? throw Fault($"has no input '{name}'");

    /// <summary>An output that must be there.</summary>
    public GraphTensor Output(string name, TensorElementType[] types, int[] shape) =>
        session.OutputMetadata.TryGetValue(name, out NodeMetadata? found)
            ? Checked("output", name, found, types, shape)
            : throw Fault($"has no output '{name}'");

    /// <summary>Refuses a graph that wants more than was looked up.</summary>
    public void RefuseOtherInputs()
    {
        string? other = session.InputMetadata.Keys.FirstOrDefault(name => !_known.Contains(name));
        if (other is not null)
        {
            throw Fault($"needs an input '{other}' that is not part of any known Whisper layout");
        }
    }

    /// <summary>The exception for this graph.</summary>
    public ModelException Fault(string problem) =>
        GraphFault.Unsupported(folder, $"the {graph} graph in {folder} {problem}: {Advice}");

    private GraphTensor Checked(string what, string name, NodeMetadata found, TensorElementType[] types, int[]? shape)
    {
        if (!found.IsTensor || !types.Contains(found.ElementDataType))
        {
            throw Fault($"has {what} '{name}' of type {found.ElementDataType}, not {string.Join(" or ", types)}");
        }

        if (shape is not null && !Fits(found.Dimensions, shape))
        {
            throw Fault($"has {what} '{name}' of shape {Text(found.Dimensions)}, not {Text(shape)} as config.json says");
        }

        return new GraphTensor(name, found.ElementDataType, found.Dimensions);
    }

    private static bool Fits(int[] found, int[] wanted) =>
        found.Length == wanted.Length
        && found.Zip(wanted).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second);

    private static string Text(int[] shape) => $"[{string.Join(", ", shape.Select(size => size < 0 ? "any" : $"{size}"))}]";
}
