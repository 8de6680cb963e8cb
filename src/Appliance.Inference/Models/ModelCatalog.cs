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
    private readonly TimeProvider _time;

    /// <summary>A catalogue over roots, of which any may be absent.</summary>
    public ModelCatalog(IReadOnlyList<string> roots, ILogger? logger = null)
        : this(roots, VerificationCache.DefaultPath(), logger ?? NullLogger.Instance, TimeProvider.System)
    {
    }

    internal ModelCatalog(IReadOnlyList<string> roots, string? cachePath, ILogger logger, TimeProvider time)
    {
        Roots = [.. roots.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        _verifier = new(new VerificationCache(cachePath, logger), logger, time);
        _time = time;
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

    /// <summary>
    /// Copies (or hard-links) a model into the first writable root and writes its manifest there, never into the source:
    /// a folder with a manifest, a Whisper folder in one of the layouts of <see cref="WhisperLayout"/>, or a folder in the ONNX layout of
    /// diffusers. All or nothing.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="name">Name to give it; null for the manifest's name or the folder's.</param>
    /// <exception cref="ModelException">It is not a whole model, its name is taken, or no root can be written.</exception>
    public ModelFolder Add(string path, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AdoptionPlan plan = AdoptionSource.Read(path, name);
        if (List().FirstOrDefault(entry => entry.Name == plan.Manifest.Name || Path.GetFileName(entry.Path) == plan.Manifest.Name) is { } taken)
        {
            string remedy = taken.Path == plan.Source ? "move the folder out of the model root first" : "choose another name with --name, or remove that one";
            throw new ModelException(ModelError.AlreadyThere, taken.Path, $"{taken.Path} has the name \"{plan.Manifest.Name}\" already: {remedy}");
        }

        string root = WritableRoot.Find(Roots);
        HiddenFolder.DeleteLeftovers(root, _time);
        return new ModelAdoption(_verifier).Run(plan, root);
    }

    /// <summary>Removes a model from a writable root.</summary>
    /// <param name="name">Its name, of any kind; a damaged model is removed as well.</param>
    /// <exception cref="ModelException">There is no such model, it is built in, or its root can't be written.</exception>
    public void Remove(string name)
    {
        IReadOnlyList<ModelEntry> entries = List();
        ModelEntry entry = entries.FirstOrDefault(entry => entry.Name == name && entry.HiddenBy is null) ?? throw UnknownModel.Of(name, kind: null, entries, Roots, "");
        ModelRemoval.Run(entry);
    }

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
