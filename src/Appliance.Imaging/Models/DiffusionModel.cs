using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Imaging.Graphs;
using Appliance.Imaging.Prompts;
using Appliance.Imaging.Safety;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;

namespace Appliance.Imaging.Models;

/// <summary>A diffusion model in memory; each part is loaded when it is needed first. One picture at a time.</summary>
public sealed class DiffusionModel : IDisposable
{
    private readonly SessionFactory _sessions;
    private readonly Lazy<PromptEncoder> _prompts;
    private readonly Lazy<Denoiser> _denoiser;
    private readonly Lazy<LatentDecoder> _decoder;
    private readonly Lazy<LatentDecoder> _tinyDecoder;
    private readonly Lazy<LatentDecoder?> _float32Decoder;
    private readonly Lazy<ImageEncoder> _encoder;
    private readonly Lazy<SafetyChecker?> _safety;
    private LatentPreview? _preview;
    private Task _loading = Task.CompletedTask;

    private DiffusionModel(ModelFolder folder, DiffusionLayout layout, SessionFactory sessions)
    {
        Name = folder.Name;
        Layout = layout;
        _sessions = sessions;
        _prompts = new(OpenPrompts);
        _denoiser = new(() => new Denoiser(Open("unet")));
        _decoder = new(() => new LatentDecoder(Open(DiffusionLayout.Decoder), Layout.Scaling, DecoderNames.Vae));
        _tinyDecoder = new(() => new LatentDecoder(Open(DiffusionLayout.TinyDecoder), Layout.TinyScaling, DecoderNames.Tiny));
        _float32Decoder = new(OpenFloat32Decoder);
        _encoder = new(OpenEncoder);
        _safety = new(OpenSafety);
    }

    /// <summary>Name in the catalogue.</summary>
    public string Name { get; }

    /// <summary>The scheduler that the model was made for.</summary>
    public string Scheduler => (SchedulerPolicies.MeantBy(Layout.Scheduler) ?? throw new ModelException(
        ModelError.Unsupported, Layout.Folder, $"{Layout.Folder} is made for the scheduler {Layout.Scheduler.ClassName}, which is none of {string.Join(", ", SchedulerPolicies.Names)}: choose one of them with --scheduler")).Name;

    /// <summary>Side of the pictures that it was trained on, in pixels.</summary>
    public int TrainedPixels => Layout.TrainedPixels;

    /// <summary>Widths and heights are multiples of this many pixels.</summary>
    public int Grid => Layout.Grid;

    /// <summary>Whether guidance is an input of the model itself, as in latent consistency models.</summary>
    public bool TakesGuidance => Layout.MayTakeGuidance && Denoiser.ConditionWidth > 0;

    /// <summary>Whether there is a small decoder beside the model's own.</summary>
    public bool HasTinyDecoder => Layout.Has(DiffusionLayout.TinyDecoder);

    internal DiffusionLayout Layout { get; }

    internal PromptEncoder Prompts => _prompts.Value;

    internal Denoiser Denoiser => _denoiser.Value;

    internal LatentDecoder Decoder => _decoder.Value;

    internal LatentDecoder TinyDecoder => _tinyDecoder.Value;

    /// <summary>A decoder that does not overflow, for when the model's own does; null when there is no other way to run it.</summary>
    internal LatentDecoder? Float32Decoder => _float32Decoder.Value;

    internal ImageEncoder Encoder => _encoder.Value;

    /// <summary>The model's own safety checker; null when it has none.</summary>
    internal SafetyChecker? Safety => _safety.Value;

    /// <summary>Time spent in ONNX Runtime so far.</summary>
    internal TimeSpan EngineTime =>
        (Loaded(_prompts)?.Time ?? TimeSpan.Zero) + (Loaded(_denoiser)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_decoder)?.Time.Total ?? TimeSpan.Zero) + (Loaded(_tinyDecoder)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_float32Decoder)?.Time.Total ?? TimeSpan.Zero) + (Loaded(_encoder)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_safety)?.Time.Total ?? TimeSpan.Zero);

    /// <summary>Reads a model folder; graphs are loaded later.</summary>
    /// <exception cref="ModelException">A part is missing, damaged or of a form that is not read.</exception>
    public static DiffusionModel Load(ModelFolder folder, SessionFactory sessions) => new(folder, DiffusionLayout.Read(folder.Path), sessions);

    /// <summary>Gives back what large pictures took, of the parts that are loaded.</summary>
    internal void ReleaseMemory(PromptEmbedding embedding)
    {
        int side = Grid / Layout.Factor;
        Loaded(_denoiser)?.ReleaseMemory(embedding, new(Layout.LatentChannels, side, side));
        Loaded(_decoder)?.ReleaseMemory(Layout.LatentChannels);
    }

    /// <summary>Draws latents roughly; measured on the decoder when it is asked for first.</summary>
    internal LatentPreview Preview(CancellationToken cancellationToken) => _preview ??= LatentPreview.Measure(Decoder, Layout.LatentChannels, cancellationToken);

    /// <summary>The same with another configuration of the scheduler than the folder's.</summary>
    internal static DiffusionModel Load(ModelFolder folder, SessionFactory sessions, SchedulerConfig scheduler) =>
        new(folder, DiffusionLayout.Read(folder.Path) with { Scheduler = scheduler }, sessions);

    /// <summary>
    /// Begins to load the large parts on another thread, in the order in which a picture needs them; who asks for one that is being loaded
    /// waits for it, and hears of it when it can't be.
    /// </summary>
    public void BeginLoading() => _loading = Task.Run(() =>
    {
        _ = Denoiser;
        _ = Decoder;
    });

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
        if (Layout.Has(DiffusionLayout.Float32Decoder))
        {
            return new LatentDecoder(Open(DiffusionLayout.Float32Decoder), Layout.Scaling, DecoderNames.Float32);
        }

        if (_sessions.Providers.First(report => report.Used).Name == "cpu")
        {
            return null;
        }

        string path = Layout.Graph(DiffusionLayout.Decoder);
        return new LatentDecoder(new ComponentGraph(_sessions.Create(path, SessionRole.Light), path), Layout.Scaling, DecoderNames.Float32);
    }

    private ImageEncoder OpenEncoder() => Layout.Has("vae_encoder")
        ? new ImageEncoder(Open("vae_encoder"), Layout.Scaling)
        : throw new ModelException(ModelError.Incomplete, Layout.Graph("vae_encoder"), $"{Layout.Graph("vae_encoder")} is missing, which reads a given picture: add it to the model, or draw without --init");

    private SafetyChecker? OpenSafety() => Layout.Has(DiffusionLayout.SafetyChecker)
        ? new SafetyChecker(Open(DiffusionLayout.SafetyChecker), FeatureExtractor.Read(Path.Combine(Layout.Part("feature_extractor"), "preprocessor_config.json")))
        : null;

    private PromptEncoder OpenPrompts() => new(
        OpenText("tokenizer", "text_encoder"),
        Layout.IsXl ? OpenText("tokenizer_2", "text_encoder_2") : null,
        Layout.HasZerosForNoNegative);

    private TextEncoder OpenText(string tokenizer, string encoder) => new(ClipTokenizer.Read(Layout.Part(tokenizer)), Open(encoder));

    private ComponentGraph Open(string part) => new(_sessions.Create(Layout.Graph(part), SessionRole.Encoder), Layout.Graph(part));
}
