using System.Text.Json;
using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Inference.Models;

namespace Appliance.Imaging.Models;

/// <summary>What a folder in the ONNX layout of diffusers says of a model without its graphs. Parts are found by their folders.</summary>
internal sealed record DiffusionLayout
{
    /// <summary>Folder of the autoencoder's decoder.</summary>
    public const string Decoder = "vae_decoder";

    /// <summary>Folder of a small decoder that imitates it, as diffusers' AutoencoderTiny: values from −1 to 1.</summary>
    public const string TinyDecoder = "vae_decoder_tiny";

    /// <summary>Folder of the decoder in float32, beside one in half precision.</summary>
    public const string Float32Decoder = "vae_decoder_float32";

    /// <summary>Folder of the safety checker.</summary>
    public const string SafetyChecker = "safety_checker";

    private const int DefaultFactor = 8;
    private const int DefaultGrid = 64;
    private const int DefaultPixels = 512;
    private const int MaximumLevels = 8;
    private const float DefaultScaling = 0.18215f;

    private DiffusionLayout(string folder) => Folder = folder;

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>The scheduler that the model was made for.</summary>
    public required SchedulerConfig Scheduler { get; init; }

    /// <summary>Pixels of a latent's side.</summary>
    public required int Factor { get; init; }

    /// <summary>Widths and heights are multiples of this many pixels.</summary>
    public required int Grid { get; init; }

    /// <summary>The side of the pictures that the model was trained on, in pixels.</summary>
    public required int TrainedPixels { get; init; }

    /// <summary>Channels of the latents.</summary>
    public required int LatentChannels { get; init; }

    /// <summary>The scale of the latents.</summary>
    public required VaeScaling Scaling { get; init; }

    /// <summary>The scale of the latents for the small decoder.</summary>
    public required VaeScaling TinyScaling { get; init; }

    /// <summary>Whether there is a second text encoder.</summary>
    public required bool IsXl { get; init; }

    /// <summary>Whether it is distilled for one to four steps without guidance (SD-Turbo and its like), by the name that its files hold.</summary>
    public required bool IsTurbo { get; init; }

    /// <summary>Whether guidance may be an input of the denoiser; the graph has the last word.</summary>
    public required bool MayTakeGuidance { get; init; }

    /// <summary>Whether no negative prompt means zeros.</summary>
    public required bool HasZerosForNoNegative { get; init; }

    /// <summary>Path of a part's graph.</summary>
    public string Graph(string part) => Path.Combine(Folder, part, "model.onnx");

    /// <summary>Path of a folder in this one.</summary>
    public string Part(string part) => Path.Combine(Folder, part);

    /// <summary>Whether a part is there.</summary>
    public bool Has(string part) => File.Exists(Graph(part));

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ModelException">A part is missing or damaged, or the model is of a kind that is not drawn with.</exception>
    public static DiffusionLayout Read(string folder)
    {
        foreach (string part in new[] { "text_encoder", "unet", "vae_decoder" })
        {
            string graph = Path.Combine(folder, part, "model.onnx");
            if (!File.Exists(graph))
            {
                throw new ModelException(ModelError.Incomplete, graph, $"{graph} is missing: take the whole folder from the model's origin (text_encoder, unet and vae_decoder, each with model.onnx)");
            }
        }

        JsonFields unet = Config(folder, "unet/config.json");
        JsonFields vae = Config(folder, "vae_decoder/config.json");
        JsonFields index = Config(folder, "model_index.json");
        int factor = unet.IsEmpty && vae.IsEmpty ? DefaultFactor : 1 << ((vae.WholeNumbers("block_out_channels")?.Length ?? 4) - 1);
        int? levels = unet.WholeNumbers("block_out_channels")?.Length;
        int channels = unet.Whole("in_channels", 1, 64) ?? 4;
        int latents = vae.Whole("latent_channels", 1, 64) ?? channels;
        if (channels != latents)
        {
            throw new ModelException(ModelError.Unsupported, folder, $"{folder}/unet takes {channels} channels and the latents have {latents}: models made for inpainting or editing are not drawn with, use a text-to-image model (--mask works with it)");
        }

        return new(folder)
        {
            Scheduler = SchedulerConfigFile.Read(Path.Combine(folder, "scheduler", "scheduler_config.json")),
            Factor = factor,
            Grid = levels is >= 1 and <= MaximumLevels ? factor << (levels.Value - 1) : DefaultGrid,
            TrainedPixels = unet.Whole("sample_size", 1, 1024) is { } size ? size * factor : DefaultPixels,
            LatentChannels = latents,
            Scaling = ScalingOf(vae, DefaultScaling),
            TinyScaling = ScalingOf(Config(folder, TinyDecoder + "/config.json"), 1),
            IsXl = File.Exists(Path.Combine(folder, "text_encoder_2", "model.onnx")),
            IsTurbo = new[] { index, unet, vae }.Any(fields => fields.Text("_name_or_path")?.Contains("turbo", StringComparison.OrdinalIgnoreCase) is true),
            MayTakeGuidance = unet.IsEmpty || unet.Whole("time_cond_proj_dim", 1, 1 << 16) is not null,
            HasZerosForNoNegative = index.Flag("force_zeros_for_empty_prompt") ?? false,
        };
    }

    private static VaeScaling ScalingOf(JsonFields config, float otherwise) =>
        new((float)(config.Number("scaling_factor", 1e-6, 1e6) ?? otherwise), (float)(config.Number("shift_factor", -1e6, 1e6) ?? 0));

    private static JsonFields Config(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        using JsonDocument document = File.Exists(path) ? SourceJson.Read(path) : JsonDocument.Parse("{}");
        return new JsonFields(document.RootElement.Clone(), path);
    }
}
