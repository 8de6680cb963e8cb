namespace Appliance.Inference.Models;

/// <summary>What checking one file found.</summary>
/// <param name="File">The file as the manifest promises it.</param>
/// <param name="State">How it is.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Detail">"what is wrong: what to do"; empty when intact.</param>
/// <param name="FromCache">Whether the hash was known from an earlier check of the same, unchanged file.</param>
public sealed record ModelFileVerification(ModelFile File, ModelFileState State, string Path, string Detail, bool FromCache)
{
    /// <summary>The error that using the file would give; null when intact.</summary>
    internal ModelProblem? Problem => State switch
    {
        ModelFileState.Intact => null,
        ModelFileState.Missing => new(ModelError.Incomplete, Path, Detail),
        ModelFileState.OutsideFolder or ModelFileState.ForeignWeights => new(ModelError.Unsupported, Path, Detail),
        _ => new(ModelError.Damaged, Path, Detail),
    };
}
