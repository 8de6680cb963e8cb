using Appliance.Testing.Onnx;

namespace Appliance.Inference.Tests.Models;

/// <summary>Writes a folder that looks like a Whisper model from the hub, with graphs of a few bytes.</summary>
internal static class WhisperPack
{
    public const string Config = """{"model_type": "whisper", "vocab_size": 51865, "d_model": 512, "decoder_layers": 6}""";

    public static string Write(TemporaryFolder folder, string name, params string[] graphs)
    {
        folder.Write($"{name}/config.json", Config);
        folder.Write($"{name}/generation_config.json", """{"lang_to_id": {"<|zh|>": 50260, "<|en|>": 50259}}""");
        folder.Write($"{name}/preprocessor_config.json", "{}");
        folder.Write($"{name}/tokenizer.json", """{"model": {}}""");
        folder.Write($"{name}/README.md", "---\nlicense: mit\nbase_model: openai/whisper-base\n---\n");
        foreach (string graph in graphs)
        {
            folder.Write($"{name}/{graph}", TinyGraph.PlusOne(("dialect", "split-cross-kv/1")));
        }

        return folder[name];
    }
}
