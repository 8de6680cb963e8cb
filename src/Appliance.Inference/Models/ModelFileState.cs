namespace Appliance.Inference.Models;

/// <summary>How a file of a model compares with its manifest.</summary>
public enum ModelFileState
{
    /// <summary>Size and SHA-256 are as promised.</summary>
    Intact,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>There, but it can't be read.</summary>
    Unreadable,

    /// <summary>Another size.</summary>
    WrongSize,

    /// <summary>The right size, another content.</summary>
    WrongHash,

    /// <summary>A symbolic link leads out of the model folder.</summary>
    OutsideFolder,

    /// <summary>As promised, but not a whole ONNX file.</summary>
    NotOnnx,

    /// <summary>As promised, but an ONNX file that takes weights from a file that is not of this model.</summary>
    ForeignWeights,
}
