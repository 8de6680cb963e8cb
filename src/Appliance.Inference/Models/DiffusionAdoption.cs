namespace Appliance.Inference.Models;

/// <summary>Makes a manifest for a folder in the ONNX layout of diffusers or optimum that has none. Parts are found by their folders.</summary>
internal static class DiffusionAdoption
{
    private const string CardFile = "README.md";
    private const string GraphFile = "model.onnx";
    private const string ConfigFile = "config.json";

    private static readonly string[] RequiredGraphs = ["text_encoder", "unet", "vae_decoder"];
    private static readonly string[] OptionalGraphs = ["text_encoder_2", "vae_encoder", "vae_decoder_tiny", "vae_decoder_float32", "safety_checker"];
    private static readonly string[] Tokenizers = ["tokenizer", "tokenizer_2"];
    private static readonly string[] TokenizerFiles = ["vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json"];
    private static readonly string[] OtherFiles = ["model_index.json", "scheduler/scheduler_config.json", "feature_extractor/preprocessor_config.json", CardFile, "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE"];

    /// <summary>Whether a folder looks like one of this layout.</summary>
    public static bool Matches(string folder) => File.Exists(Path.Combine(folder, "model_index.json")) || Directory.Exists(Path.Combine(folder, "unet"));

    /// <exception cref="ModelException">A part is missing or damaged; names it.</exception>
    public static AdoptionPlan Plan(string folder, string name)
    {
        Require(folder, RequiredGraphs.Select(part => $"{part}/{GraphFile}").Append("scheduler/scheduler_config.json").Append("tokenizer/vocab.json").Append("tokenizer/merges.txt"));
        List<string> files = [.. OtherFiles.Concat(Tokenizers.SelectMany(part => TokenizerFiles.Select(file => $"{part}/{file}"))).Where(file => File.Exists(Path.Combine(folder, file)))];
        foreach (string json in files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            SourceJson.Read(folder, json).Dispose();
        }

        string[] parts = [.. RequiredGraphs, .. OptionalGraphs.Where(part => File.Exists(Path.Combine(folder, part, GraphFile)))];
        foreach (string part in parts)
        {
            files.AddRange(FilesOf(folder, part));
        }

        ModelCard card = ModelCard.Read(Path.Combine(folder, CardFile));
        return new(folder, new()
        {
            Name = name,
            Kind = ModelKinds.Diffusion,
            Licence = card.Licence,
            Origin = card.Origin,
            Notes = $"ONNX layout of diffusers: {string.Join(", ", parts)}",
            Files = [.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(file => new ModelFile { Path = file, Bytes = 0, Sha256 = "" })],
        }, IsPromised: false);
    }

    private static void Require(string folder, IEnumerable<string> files)
    {
        string[] missing = [.. files.Where(file => !File.Exists(Path.Combine(folder, file)))];
        if (missing.Length > 0)
        {
            throw new ModelException(ModelError.Incomplete, folder, $"{folder} lacks {string.Join(", ", missing)}: take the whole folder from the model's origin, exported to ONNX");
        }
    }

    private static IEnumerable<string> FilesOf(string folder, string part)
    {
        string graph = Path.Combine(folder, part, GraphFile);
        yield return $"{part}/{GraphFile}";
        if (File.Exists(Path.Combine(folder, part, ConfigFile)))
        {
            SourceJson.Read(Path.Combine(folder, part), ConfigFile).Dispose();
            yield return $"{part}/{ConfigFile}";
        }

        // weights may lie beside the graph, or in the blobs of the hub's cache
        string allowed = SourceLinks.HubRepository(folder) ?? folder;
        foreach (string external in OnnxExternalFiles.Check(allowed, graph, OnnxFile.Read(graph)))
        {
            yield return Path.GetRelativePath(folder, external);
        }
    }
}
