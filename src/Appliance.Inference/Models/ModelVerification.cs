namespace Appliance.Inference.Models;

/// <summary>What checking every file of a model against its manifest found.</summary>
/// <param name="Folder">The model.</param>
/// <param name="Files">One result for each file of the manifest, in its order.</param>
public sealed record ModelVerification(ModelFolder Folder, IReadOnlyList<ModelFileVerification> Files)
{
    /// <summary>Whether every file is as promised.</summary>
    public bool IsIntact => Files.All(file => file.State == ModelFileState.Intact);
}
