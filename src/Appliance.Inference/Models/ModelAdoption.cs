using Appliance.Native;

namespace Appliance.Inference.Models;

/// <summary>Brings a model into a root: built up in a hidden folder beside its place, then moved there in one step.</summary>
internal sealed class ModelAdoption(ModelVerifier verifier)
{
    /// <summary>Copies (or hard-links) what the plan names, writes the manifest and checks the result.</summary>
    /// <exception cref="ModelException">Nothing is left behind then.</exception>
    public ModelFolder Run(AdoptionPlan plan, string root)
    {
        string place = Path.Combine(root, plan.Manifest.Name);
        string building = HiddenFolder.Create(root, HiddenFolder.Adding, plan.Manifest.Name);
        try
        {
            RequireRoom(plan, root);
            ModelManifest manifest = plan.Manifest with { Files = [.. plan.Manifest.Files.Select(file => Bring(plan, file, building))] };
            ModelManifestFile.Write(building, manifest);
            Check(new(building, manifest));
            Directory.Move(building, place);
            return new(place, manifest);
        }
        catch (Exception e)
        {
            HiddenFolder.TryDelete(building);
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new ModelException(ModelError.NotWritable, place, $"{place} could not be written ({e.Message}): make room there or correct its permissions, then add the model again", e);
            }

            throw;
        }
    }

    private static void RequireRoom(AdoptionPlan plan, string root)
    {
        long needed = plan.Manifest.Files.Sum(file => new FileInfo(RelativePath.Resolve(Path.Combine(plan.Source, file.Path))).Length);
        long free = new DriveInfo(root).AvailableFreeSpace;
        if (free < needed && FileIdentity.Of(root).Device != FileIdentity.Of(plan.Source).Device)
        {
            throw new ModelException(ModelError.NotWritable, root, $"{root} has room for {free >> 20} MiB, the model takes {needed >> 20} MiB: make room there, or name another root in models.roots");
        }
    }

    private static ModelFile Bring(AdoptionPlan plan, ModelFile file, string building)
    {
        string source = RelativePath.Resolve(Path.Combine(plan.Source, file.Path));
        string target = Path.Combine(building, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);

        // a link keeps the source's permissions: one that the service can't read would be of no use
        bool isLinked = FileIdentity.Of(source).IsReadableByAll && HardLink.TryCreate(source, target);
        if (!isLinked)
        {
            Copy(source, target);
        }

        ModelFile brought = new() { Path = file.Path, Bytes = new FileInfo(target).Length, Sha256 = ModelVerifier.Hash(target) };
        bool isAsPromised = brought.Bytes == file.Bytes && brought.Sha256.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase);
        return !plan.IsPromised || isAsPromised
            ? brought
            : throw new ModelException(ModelError.Damaged, source, $"{source} is not the file that its manifest names (another size or SHA-256): take the folder from its origin again");
    }

    private static void Copy(string source, string target)
    {
        using FileStream from = new(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using FileStream to = new(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        from.CopyTo(to, bufferSize: 1 << 20);
        to.Flush(flushToDisk: true);
    }

    private void Check(ModelFolder built)
    {
        ModelProblem? problem = verifier.Verify(built, ignoreCache: true).Files.Select(file => file.Problem).FirstOrDefault(problem => problem is not null);
        if (problem is not null)
        {
            throw problem.ToException();
        }
    }
}
