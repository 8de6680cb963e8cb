namespace Appliance.Inference.Models;

/// <summary>Finds the root that models are added to.</summary>
internal static class WritableRoot
{
    /// <summary>The first root that can be written, created if it is not there yet.</summary>
    /// <exception cref="ModelException">NotWritable: there is none; names the roots and what to do.</exception>
    public static string Find(IReadOnlyList<string> roots) => roots.FirstOrDefault(IsWritable) ?? throw new ModelException(
        ModelError.NotWritable,
        string.Join(", ", roots),
        $"none of the model roots can be written ({string.Join(", ", roots)}): run this as root, or name a folder of yours first in models.roots (environment: APPLIANCE_MODELS__ROOTS)");

    /// <summary>Whether models may be added to a root and removed from it. The built-in ones belong to the package.</summary>
    public static bool IsWritable(string root)
    {
        if (ModelRoots.IsBuiltIn(root))
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(root);
            string probe = HiddenFolder.PathFor(root, HiddenFolder.Adding, "probe");
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
