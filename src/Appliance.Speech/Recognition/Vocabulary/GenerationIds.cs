using System.Text.Json;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>The token ids that generation_config.json names; empty when the folder has no such file.</summary>
internal sealed class GenerationIds
{
    private readonly Dictionary<string, int> _ids = [];

    private GenerationIds(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Ids by the names that the vocabulary has for them.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>Whether the model knows languages, where the file says so.</summary>
    public bool? IsMultilingual { get; private set; }

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="Inference.Models.ModelException">The file is not readable.</exception>
    public static GenerationIds Read(string folder)
    {
        GenerationIds ids = new(System.IO.Path.Combine(folder, "generation_config.json"));
        if (!File.Exists(ids.Path))
        {
            return ids;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(ids.Path));
            ids.Read(document.RootElement);
        }
        catch (Exception exception) when (exception
            is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw VocabularyFault.Damaged(ids.Path, "this is not a readable generation config: take this file from the model's origin again", exception);
        }

        return ids;
    }

    private void Read(JsonElement root)
    {
        Add(root, "eos_token_id", "<|endoftext|>");
        Add(root, "decoder_start_token_id", "<|startoftranscript|>");
        Add(root, "prev_sot_token_id", "<|startofprev|>");
        Add(root, "no_timestamps_token_id", "<|notimestamps|>");
        AddAll(root, "lang_to_id", name => name);
        AddAll(root, "task_to_id", name => $"<|{name}|>");
        if (root.TryGetProperty("is_multilingual", out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            IsMultilingual = value.GetBoolean();
        }
    }

    private void Add(JsonElement root, string property, string name)
    {
        // eos_token_id may also be a list
        if (root.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.Number)
        {
            _ids[name] = value.GetInt32();
        }
    }

    private void AddAll(JsonElement root, string property, Func<string, string> nameOf)
    {
        if (root.TryGetProperty(property, out JsonElement values) && values.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty value in values.EnumerateObject())
            {
                _ids[nameOf(value.Name)] = value.Value.GetInt32();
            }
        }
    }
}
