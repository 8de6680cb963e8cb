namespace Appliance.Inference.Models;

/// <summary>A file beside an ONNX file that holds some of its weights.</summary>
/// <param name="Location">As the ONNX file names it, relative to its own folder.</param>
/// <param name="RequiredBytes">The size that the file must have at least for every tensor to lie in it.</param>
internal sealed record OnnxExternalFile(string Location, long RequiredBytes);
