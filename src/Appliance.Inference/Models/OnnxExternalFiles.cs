namespace Appliance.Inference.Models;

/// <summary>Keeps ONNX files to weights inside their own model folder.</summary>
internal static class OnnxExternalFiles
{
    /// <summary>Checks every file that an ONNX file refers to, and returns their full paths.</summary>
    /// <param name="folder">Folder that none may leave.</param>
    /// <param name="onnxPath">The ONNX file, in that folder or below it.</param>
    /// <param name="content">What the ONNX file says.</param>
    /// <exception cref="ModelException">Unsupported when one leaves the folder, Incomplete when one is missing, Damaged when one is too short.</exception>
    public static IReadOnlyList<string> Check(string folder, string onnxPath, OnnxContent content) =>
        [.. content.ExternalFiles.Select(external => Check(folder, onnxPath, external))];

    private static string Check(string folder, string onnxPath, OnnxExternalFile external)
    {
        string path = Path.Combine(Path.GetDirectoryName(onnxPath)!, external.Location);
        if (!RelativePath.IsSafe(external.Location) || !RelativePath.StaysInside(folder, Path.GetRelativePath(folder, path)))
        {
            throw new ModelException(ModelError.Unsupported, onnxPath, $"{onnxPath} refers to weights outside its folder (\"{external.Location}\"): use a file that comes with its weights beside it");
        }

        FileInfo file = new(RelativePath.Resolve(Path.GetFullPath(path)));
        if (!file.Exists)
        {
            throw new ModelException(ModelError.Incomplete, path, $"{path} is missing, it holds weights of {Path.GetFileName(onnxPath)}: put it there");
        }

        return file.Length >= external.RequiredBytes
            ? path
            : throw new ModelException(ModelError.Damaged, path, $"{path} has {file.Length} bytes, {Path.GetFileName(onnxPath)} needs {external.RequiredBytes}: restore the file, or remove the model and add it again");
    }
}
