using System.Text.Json;

namespace Appliance.Inference.Models;

/// <summary>Reads the JSON files of a model folder.</summary>
internal static class SourceJson
{
    // the tokenizer files of Whisper have 2 to 4 MB
    private const long MaximumBytes = 64 << 20;

    /// <exception cref="ModelException">Incomplete when it is missing, Damaged when it is not one JSON object.</exception>
    public static JsonDocument Read(string folder, string file) => Read(Path.Combine(folder, file));

    /// <exception cref="ModelException">Incomplete when it is missing, Damaged when it is not one JSON object.</exception>
    public static JsonDocument Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            JsonDocument document = stream.Length <= MaximumBytes ? JsonDocument.Parse(stream) : throw Damaged(path, "it is larger than 64 MiB");
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw Damaged(path, "it is not an object");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelError.Incomplete, path, $"{path} is missing: take the whole folder from the model's origin", e);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static ModelException Damaged(string path, string problem, Exception? inner = null) =>
        new(ModelError.Damaged, path, $"{path} can't be read as JSON ({problem}): take the file from the model's origin", inner);
}
