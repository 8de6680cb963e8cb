using Appliance.Imaging.Models;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;

namespace Appliance.Imaging.Tests.Pipeline;

/// <summary>The model that comes along.</summary>
internal static class EmbeddedModel
{
    public static SessionFactory Sessions { get; } = new(new() { Providers = ["cpu"], Threads = 2 });

    public static ModelFolder Folder { get; } =
        new ModelCatalog([Path.Combine(RepositoryFolder.Path, "rootfs", "usr", "share", "appliance", "models")]).Find("emoji-diffusion", ModelKinds.Diffusion);

    public static DiffusionModel Load() => DiffusionModel.Load(Folder, Sessions);

    public static ImageRequest Request(string prompt, long seed) => new()
    {
        Prompt = prompt,
        Seed = seed,
        Scheduler = "ddim",
        Steps = 20,
        Guidance = 4,
        Width = 128,
        Height = 128,
    };
}
