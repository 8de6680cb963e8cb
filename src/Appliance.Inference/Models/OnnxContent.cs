namespace Appliance.Inference.Models;

/// <summary>What an ONNX file says of itself without its weights.</summary>
/// <param name="ExternalFiles">Files beside it that hold weights, each once.</param>
/// <param name="Metadata">The custom properties of the model.</param>
internal sealed record OnnxContent(IReadOnlyList<OnnxExternalFile> ExternalFiles, IReadOnlyDictionary<string, string> Metadata);
