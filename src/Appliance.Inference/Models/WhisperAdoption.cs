using System.Text.Json;

namespace Appliance.Inference.Models;

/// <summary>Makes a manifest for a Whisper folder that has none.</summary>
internal static class WhisperAdoption
{
    private const string Dialect = "split-cross-kv/1";
    private const string ConfigFile = "config.json";
    private const string GenerationFile = "generation_config.json";
    private const string CardFile = "README.md";

    private static readonly string[] Tokenizer = ["tokenizer.json"];
    private static readonly string[] OldTokenizer = ["vocab.json", "merges.txt", "added_tokens.json"];
    private static readonly string[] Optional = [GenerationFile, "preprocessor_config.json", CardFile, "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE"];

    /// <exception cref="ModelException">It is not a Whisper model of a layout that is read; names what is missing.</exception>
    public static AdoptionPlan Plan(string folder, string name)
    {
        using JsonDocument config = SourceJson.Read(folder, ConfigFile);
        CheckConfig(Path.Combine(folder, ConfigFile), config.RootElement);
        WhisperGraphNames graphs = WhisperGraphNames.Find(folder, OnnxFilesIn(folder));
        List<string> files = [ConfigFile, .. TokenizerFiles(folder), .. Optional.Where(file => File.Exists(Path.Combine(folder, file)))];
        foreach (string graph in graphs.All)
        {
            files.Add(graph);
            files.AddRange(ExternalFiles(folder, graph, graphs.Layout));
        }

        ModelCard card = ModelCard.Read(Path.Combine(folder, CardFile));
        return new(folder, new()
        {
            Name = name,
            Kind = ModelKinds.Whisper,
            Licence = card.Licence,
            Origin = card.Origin,
            Notes = NotesOn(graphs),
            Languages = Languages(folder, config.RootElement),
            Files = [.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(file => new ModelFile { Path = file, Bytes = 0, Sha256 = "" })],
        }, IsPromised: false);
    }

    private static void CheckConfig(string path, JsonElement config)
    {
        string type = config.TryGetProperty("model_type", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (type != "whisper")
        {
            throw new ModelException(ModelError.Unsupported, path, $"{path} is of a model of type \"{type}\": only Whisper folders can be added without a manifest.json");
        }

        foreach (string key in new[] { "vocab_size", "d_model", "decoder_layers" })
        {
            if (Number(config, key) is not > 0)
            {
                throw new ModelException(ModelError.Damaged, path, $"{path} has no number \"{key}\": take the file from the model's origin");
            }
        }
    }

    private static string[] OnnxFilesIn(string folder) =>
    [
        .. new[] { folder, Path.Combine(folder, "onnx") }.Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, "*.onnx"))
            .Select(file => Path.GetRelativePath(folder, file)),
    ];

    private static string[] TokenizerFiles(string folder)
    {
        string[] files = File.Exists(Path.Combine(folder, Tokenizer[0])) || !File.Exists(Path.Combine(folder, OldTokenizer[0])) ? Tokenizer : OldTokenizer;
        foreach (string file in files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            SourceJson.Read(folder, file).Dispose();
        }

        return [.. files.Where(file => File.Exists(Path.Combine(folder, file)))];
    }

    private static IEnumerable<string> ExternalFiles(string folder, string graph, WhisperLayout layout)
    {
        string path = Path.Combine(folder, graph);
        OnnxContent content = OnnxFile.Read(path);
        if (layout == WhisperLayout.SplitCrossKv && content.Metadata.GetValueOrDefault("dialect") != Dialect)
        {
            throw new ModelException(ModelError.Unsupported, path, $"{path} does not say that it is of dialect {Dialect}: make the folder with scripts/convert-whisper");
        }

        return OnnxExternalFiles.Check(SourceLinks.HubRepository(folder) ?? folder, path, content).Select(file => Path.GetRelativePath(folder, file));
    }

    private static string NotesOn(WhisperGraphNames graphs) => graphs.Layout == WhisperLayout.SplitCrossKv
        ? $"dialect {Dialect}"
        : $"Hugging Face layout: {string.Join(", ", graphs.All.Select(Path.GetFileName))}";

    /// <summary>Codes in the order of their tokens; English for a vocabulary without language tokens.</summary>
    private static string[] Languages(string folder, JsonElement config)
    {
        if (!File.Exists(Path.Combine(folder, GenerationFile)))
        {
            return EnglishOrUnknown(config);
        }

        using JsonDocument generation = SourceJson.Read(folder, GenerationFile);
        return generation.RootElement.TryGetProperty("lang_to_id", out JsonElement languages) && languages.ValueKind == JsonValueKind.Object
            ? [.. languages.EnumerateObject()
                .OrderBy(language => language.Value.TryGetInt32(out int id) ? id : int.MaxValue)
                .Select(language => language.Name.Trim('<', '|', '>'))]
            : EnglishOrUnknown(config);
    }

    // 51864 tokens: the English-only vocabulary (openai/whisper, model.py is_multilingual)
    private static string[] EnglishOrUnknown(JsonElement config) => Number(config, "vocab_size") == 51864 ? ["en"] : [];

    private static int? Number(JsonElement config, string key) =>
        config.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;
}
