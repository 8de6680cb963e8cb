namespace Appliance.Inference.Models;

/// <summary>The messages of onnx.proto on the way to a tensor.</summary>
internal enum OnnxMessage
{
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    Function,
    Training,
    ExternalEntry,
    MetadataEntry,
}
