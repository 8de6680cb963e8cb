using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Graphs;
using Appliance.Imaging.Prompts;
using Appliance.Imaging.Safety;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;

namespace Appliance.Imaging.Models;

/// <summary>The graphs of a model, each loaded when it is asked for first. A part may be loaded on one thread while another part is used.</summary>
internal sealed class DiffusionParts : IDisposable
{
    private readonly DiffusionLayout _layout;
    private readonly SessionFactory _sessions;
    private readonly Lazy<PromptEncoder> _prompts;
    private readonly Lazy<Denoiser> _denoiser;
    private readonly Lazy<LatentDecoder> _decoder;
    private readonly Lazy<LatentDecoder> _tinyDecoder;
    private readonly Lazy<LatentDecoder?> _float32Decoder;
    private readonly Lazy<ImageEncoder> _encoder;
    private readonly Lazy<SafetyChecker?> _safety;
    private Task _loading = Task.CompletedTask;

    /// <param name="layout">What the folder says.</param>
    /// <param name="sessions">Opens the graphs.</param>
    public DiffusionParts(DiffusionLayout layout, SessionFactory sessions)
    {
        _layout = layout;
        _sessions = sessions;
        _prompts = new(OpenPrompts);
        _denoiser = new(() => new Denoiser(Open("unet")));
        _decoder = new(() => new LatentDecoder(Open(DiffusionLayout.Decoder), layout.Scaling, DecoderNames.Vae));
        _tinyDecoder = new(() => new LatentDecoder(Open(DiffusionLayout.TinyDecoder), layout.TinyScaling, DecoderNames.Tiny));
        _float32Decoder = new(OpenFloat32Decoder);
        _encoder = new(OpenEncoder);
        _safety = new(OpenSafety);
    }

    /// <summary>Prompts to embedding.</summary>
    public PromptEncoder Prompts => _prompts.Value;

    /// <summary>The UNet.</summary>
    public Denoiser Denoiser => _denoiser.Value;

    /// <summary>Latents to pixels.</summary>
    public LatentDecoder Decoder => _decoder.Value;

    /// <summary>The small decoder.</summary>
    public LatentDecoder TinyDecoder => _tinyDecoder.Value;

    /// <summary>A decoder that does not overflow, for when the model's own does; null when there is no other way to run it.</summary>
    public LatentDecoder? Float32Decoder => _float32Decoder.Value;

    /// <summary>Pixels to latents.</summary>
    public ImageEncoder Encoder => _encoder.Value;

    /// <summary>The model's own safety checker; null when it has none.</summary>
    public SafetyChecker? Safety => _safety.Value;

    /// <summary>Time spent in ONNX Runtime so far.</summary>
    public TimeSpan EngineTime =>
        (Loaded(_prompts)?.Time ?? TimeSpan.Zero) + (Loaded(_denoiser)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_decoder)?.Time.Total ?? TimeSpan.Zero) + (Loaded(_tinyDecoder)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_float32Decoder)?.Time.Total ?? TimeSpan.Zero) + (Loaded(_encoder)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_safety)?.Time.Total ?? TimeSpan.Zero);

    /// <summary>
    /// Begins to load the large parts on another thread, in the order in which a picture needs them; who asks for one that is being loaded
    /// waits for it, and hears of it when it can't be.
    /// </summary>
    public void BeginLoading() => _loading = Task.Run(() =>
    {
        _ = Denoiser;
        _ = Decoder;
    });

    /// <summary>Gives back what large pictures took, of the parts that are loaded.</summary>
    public void ReleaseMemory(PromptEmbedding embedding)
    {
        int side = _layout.Grid / _layout.Factor;
        Loaded(_denoiser)?.ReleaseMemory(embedding, new(_layout.LatentChannels, side, side));
        Loaded(_decoder)?.ReleaseMemory(_layout.LatentChannels);
    }

    /// <summary>Loads what every picture needs.</summary>
    public void LoadAll()
    {
        _ = Prompts;
        _ = Denoiser;
        _ = Decoder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // a fault was told to who asked for the part
        _loading.ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        Loaded(_prompts)?.Dispose();
        Loaded(_denoiser)?.Dispose();
        Loaded(_decoder)?.Dispose();
        Loaded(_tinyDecoder)?.Dispose();
        Loaded(_float32Decoder)?.Dispose();
        Loaded(_encoder)?.Dispose();
        Loaded(_safety)?.Dispose();
    }

    private static T? Loaded<T>(Lazy<T> part)
        where T : class? => part.IsValueCreated ? part.Value : null;

    /// <summary>
    /// The same decoder in float32 where the folder has it; else the model's own on the processor, whose operators compute in float32 when
    /// it ran elsewhere before.
    /// </summary>
    private LatentDecoder? OpenFloat32Decoder()
    {
        if (_layout.Has(DiffusionLayout.Float32Decoder))
        {
            return new LatentDecoder(Open(DiffusionLayout.Float32Decoder), _layout.Scaling, DecoderNames.Float32);
        }

        if (_sessions.Providers.First(report => report.Used).Name == "cpu")
        {
            return null;
        }

        string path = _layout.Graph(DiffusionLayout.Decoder);
        return new LatentDecoder(new ComponentGraph(_sessions.Create(path, SessionRole.Light), path), _layout.Scaling, DecoderNames.Float32);
    }

    private ImageEncoder OpenEncoder() => _layout.Has("vae_encoder")
        ? new ImageEncoder(Open("vae_encoder"), _layout.Scaling)
        : throw new ModelException(ModelError.Incomplete, _layout.Graph("vae_encoder"), $"{_layout.Graph("vae_encoder")} is missing, which reads a given picture: add it to the model, or draw without --init");

    private SafetyChecker? OpenSafety() => _layout.Has(DiffusionLayout.SafetyChecker)
        ? new SafetyChecker(Open(DiffusionLayout.SafetyChecker), FeatureExtractor.Read(Path.Combine(_layout.Part("feature_extractor"), "preprocessor_config.json")))
        : null;

    private PromptEncoder OpenPrompts() => new(
        OpenText("tokenizer", "text_encoder"),
        _layout.IsXl ? OpenText("tokenizer_2", "text_encoder_2") : null,
        _layout.HasZerosForNoNegative);

    private TextEncoder OpenText(string tokenizer, string encoder) => new(ClipTokenizer.Read(_layout.Part(tokenizer)), Open(encoder));

    private ComponentGraph Open(string part) => new(_sessions.Create(_layout.Graph(part), SessionRole.Encoder), _layout.Graph(part));
}
