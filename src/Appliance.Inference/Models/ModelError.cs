namespace Appliance.Inference.Models;

/// <summary>Why a model can't be used, found, added or removed.</summary>
public enum ModelError
{
    /// <summary>No model of that name and kind; the message lists the known ones.</summary>
    UnknownModel,

    /// <summary>A file is not what its manifest promises, or not a whole ONNX file.</summary>
    Damaged,

    /// <summary>A file that the model needs is not there.</summary>
    Incomplete,

    /// <summary>A form that this version does not read, or a path that leaves the model folder.</summary>
    Unsupported,

    /// <summary>The place to write to can't be written.</summary>
    NotWritable,

    /// <summary>There is a model of that name already.</summary>
    AlreadyThere,

    /// <summary>ONNX Runtime refuses the file although it is whole.</summary>
    Unloadable,
}
