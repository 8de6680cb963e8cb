using System.Text.Json;

namespace Appliance.Inference.Models;

/// <summary>Reads and writes <c>manifest.json</c>; what it returns keeps every rule of the format.</summary>
internal static class ModelManifestFile
{
    public const string FileName = "manifest.json";

    // a manifest of ten thousand files is 1.5 MB; a larger one is not a manifest, and reading it would cost memory
    private const long MaximumBytes = 4 << 20;

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="ModelException">Incomplete when there is none, Damaged when it breaks a rule, Unsupported for a path that leaves the folder.</exception>
    public static ModelManifest Read(string folder)
    {
        string path = PathIn(folder);
        ModelManifest manifest = Parse(path);
        if (Fault(manifest) is { } fault)
        {
            throw Broken(path, fault);
        }

        foreach (ModelFile file in manifest.Files)
        {
            if (!RelativePath.IsSafe(file.Path))
            {
                throw new ModelException(ModelError.Unsupported, path, $"{path}: the file path \"{file.Path}\" may not be absolute or leave the folder: correct the manifest, or add the model again");
            }
        }

        return manifest;
    }

    public static void Write(string folder, ModelManifest manifest)
    {
        using FileStream stream = new(PathIn(folder), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(stream, manifest, ModelManifestJson.Default.ModelManifest);
        stream.WriteByte((byte)'\n');
        stream.Flush(flushToDisk: true);
    }

    private static ModelManifest Parse(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read);
            if (stream.Length > MaximumBytes)
            {
                throw Broken(path, "it is larger than 4 MiB");
            }

            return JsonSerializer.Deserialize(stream, ModelManifestJson.Default.ModelManifest) ?? throw Broken(path, "it holds null");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelError.Incomplete, path, $"{path} is not there: adopt the folder with 'appliance models add {Path.GetDirectoryName(path)}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.Damaged, path, $"{path} can't be read ({e.Message}): check its owner and permissions", e);
        }
        catch (JsonException e)
        {
            throw Broken(path, e.Message, e);
        }
    }

    private static string? Fault(ModelManifest manifest)
    {
        if (!ModelName.IsValid(manifest.Name))
        {
            return $"the name \"{manifest.Name}\" is not {ModelName.Rule}";
        }

        if (manifest.Kind.Length == 0)
        {
            return "the kind is empty";
        }

        if (manifest.Files.Count == 0)
        {
            return "it lists no files";
        }

        HashSet<string> paths = new(StringComparer.Ordinal);
        return manifest.Files.Select(file => Fault(file, paths)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Fault(ModelFile? file, HashSet<string> paths)
    {
        if (file is null)
        {
            return "a file is null";
        }

        if (file.Bytes < 0)
        {
            return $"{file.Path}: a negative size";
        }

        if (file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigit))
        {
            return $"{file.Path}: sha256 is not 64 hexadecimal digits";
        }

        return paths.Add(file.Path) ? null : $"{file.Path} is listed twice";
    }

    private static ModelException Broken(string path, string fault, Exception? inner = null) =>
        new(ModelError.Damaged, path, $"{path} is not a valid manifest ({fault}): restore it, or remove the folder and add the model again", inner);
}
