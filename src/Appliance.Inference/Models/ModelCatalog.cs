using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Inference.Models;

/// <summary>
/// The models below a list of roots, in order of preference: a model is a folder with a <c>manifest.json</c> directly
/// below a root. Thread-safe; nothing is remembered between calls but hashes of unchanged files.
/// </summary>
public sealed class ModelCatalog
{
    private readonly ModelVerifier _verifier;

    /// <summary>A catalogue over roots, of which any may be absent.</summary>
    public ModelCatalog(IReadOnlyList<string> roots, ILogger? logger = null)
        : this(roots, VerificationCache.DefaultPath(), logger ?? NullLogger.Instance, TimeProvider.System)
    {
    }

    internal ModelCatalog(IReadOnlyList<string> roots, string? cachePath, ILogger logger, TimeProvider time)
    {
        Roots = [.. roots.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        _verifier = new(new VerificationCache(cachePath, logger), logger, time);
    }

    /// <summary>Full paths, the preferred first.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Every folder below the roots, with the problem where it can't be used. Hashes are not checked.</summary>
    public IReadOnlyList<ModelEntry> List() => ModelListing.Of(Roots);

    /// <summary>Finds a model and checks every file of it.</summary>
    /// <param name="name">A name, or a path (with a slash in it) of a folder that has a manifest.</param>
    /// <param name="kind">One of <see cref="ModelKinds"/>.</param>
    /// <exception cref="ModelException">There is no such model, or it is not as its manifest says.</exception>
    public ModelFolder Find(string name, string kind)
    {
        ModelFolder folder = Locate(name, kind);
        ModelVerification verification = _verifier.Verify(folder, ignoreCache: false);
        ModelProblem? problem = verification.Files.Select(file => file.Problem).FirstOrDefault(problem => problem is not null);
        return problem is null ? folder : throw problem.ToException();
    }

    /// <summary>Compares every file of a model with its manifest and says how each one is.</summary>
    /// <param name="name">As for <see cref="Find"/>, of any kind.</param>
    /// <param name="ignoreCache">Read every file, also those that have not changed since they were last read.</param>
    /// <exception cref="ModelException">There is no such model, or its manifest can't be read.</exception>
    public ModelVerification Verify(string name, bool ignoreCache = false) => _verifier.Verify(Locate(name, kind: null), ignoreCache);

    /// <summary>The folder of that name or path, its files not yet checked.</summary>
    private ModelFolder Locate(string name, string? kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return LocateFolder(name, kind);
        }

        IReadOnlyList<ModelEntry> entries = List();
        ModelEntry? entry = entries.FirstOrDefault(entry => entry.Name == name && entry.HiddenBy is null);
        if (entry is null)
        {
            string folderHint = Directory.Exists(name) ? $", or ./{name} for the folder" : "";
            throw UnknownModel.Of(name, kind, entries, Roots, folderHint);
        }

        if (entry.Manifest is null)
        {
            throw entry.Problem!.ToException();
        }

        return kind is null || entry.Manifest.Kind == kind ? new(entry.Path, entry.Manifest) : throw UnknownModel.OfOtherKind(name, entry.Manifest.Kind, kind, entries, Roots);
    }

    private ModelFolder LocateFolder(string path, string? kind)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw UnknownModel.Of(path, kind, List(), Roots, "");
        }

        ModelManifest manifest = ModelManifestFile.Read(folder);
        return kind is null || manifest.Kind == kind ? new(folder, manifest) : throw UnknownModel.OfOtherKind(path, manifest.Kind, kind, List(), Roots);
    }
}
