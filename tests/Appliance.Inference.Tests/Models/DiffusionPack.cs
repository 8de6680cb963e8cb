using Appliance.Testing.Onnx;

namespace Appliance.Inference.Tests.Models;

/// <summary>Folders in the ONNX layout of diffusers with tiny graphs.</summary>
internal static class DiffusionPack
{
    /// <summary>Writes a whole one.</summary>
    public static string Write(TemporaryFolder folder, string name)
    {
        foreach (string part in new[] { "text_encoder", "unet", "vae_decoder", "vae_encoder" })
        {
            folder.Write($"{name}/{part}/model.onnx", TinyGraph.PlusOne());
        }

        folder.Write($"{name}/unet/config.json", "{}");
        folder.Write($"{name}/model_index.json", "{\"_class_name\": \"OnnxStableDiffusionPipeline\"}");
        folder.Write($"{name}/scheduler/scheduler_config.json", "{\"_class_name\": \"DDIMScheduler\"}");
        folder.Write($"{name}/tokenizer/vocab.json", "{}");
        folder.Write($"{name}/tokenizer/merges.txt", "#version: 0.2\n");
        folder.Write($"{name}/README.md", "---\nlicense: openrail\nbase_model: owner/painter\n---\n");
        return folder[name];
    }
}
