using Appliance.Inference.Models;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Makes the exceptions for folders that cannot be used.</summary>
internal static class GraphFault
{
    /// <summary>A layout that this program does not run.</summary>
    public static ModelException Unsupported(string path, string problem, Exception? inner = null) =>
        new(ModelError.Unsupported, path, problem, inner);

    /// <summary>A file that is not what it should be.</summary>
    public static ModelException Damaged(string path, string problem, Exception? inner = null) =>
        new(ModelError.Damaged, path, problem, inner);

    /// <summary>Graphs that ONNX Runtime opens but cannot run.</summary>
    public static ModelException Unloadable(string path, string problem, Exception inner) =>
        new(ModelError.Unloadable, path, problem, inner);

    /// <summary>A file that is not there.</summary>
    public static ModelException Incomplete(string path, string problem, Exception? inner = null) =>
        new(ModelError.Incomplete, path, problem, inner);
}
