using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Imaging.Graphs;
using Appliance.Imaging.Prompts;
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
    private readonly Lazy<ImageEncoder> _encoder;
    private Task _loading = Task.CompletedTask;

    private DiffusionModel(ModelFolder folder, DiffusionLayout layout, SessionFactory sessions)
    {
        Name = folder.Name;
        Layout = layout;
        _sessions = sessions;
        _prompts = new(OpenPrompts);
        _denoiser = new(() => new Denoiser(Open("unet")));
        _decoder = new(() => new LatentDecoder(Open("vae_decoder"), Layout.Scaling));
        _encoder = new(OpenEncoder);
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

    internal DiffusionLayout Layout { get; }

    internal PromptEncoder Prompts => _prompts.Value;

    internal Denoiser Denoiser => _denoiser.Value;

    internal LatentDecoder Decoder => _decoder.Value;

    internal ImageEncoder Encoder => _encoder.Value;

    /// <summary>Time spent in ONNX Runtime so far.</summary>
    internal TimeSpan EngineTime =>
        (Loaded(_prompts)?.Time ?? TimeSpan.Zero) + (Loaded(_denoiser)?.Time.Total ?? TimeSpan.Zero)
        + (Loaded(_decoder)?.Time.Total ?? TimeSpan.Zero) + (Loaded(_encoder)?.Time.Total ?? TimeSpan.Zero);

    /// <summary>Reads a model folder; graphs are loaded later.</summary>
    /// <exception cref="ModelException">A part is missing, damaged or of a form that is not read.</exception>
    public static DiffusionModel Load(ModelFolder folder, SessionFactory sessions) => new(folder, DiffusionLayout.Read(folder.Path), sessions);

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
        Loaded(_encoder)?.Dispose();
    }

    private static T? Loaded<T>(Lazy<T> part)
        where T : class => part.IsValueCreated ? part.Value : null;

    private ImageEncoder OpenEncoder() => Layout.Has("vae_encoder")
        ? new ImageEncoder(Open("vae_encoder"), Layout.Scaling)
        : throw new ModelException(ModelError.Incomplete, Layout.Graph("vae_encoder"), $"{Layout.Graph("vae_encoder")} is missing, which reads a given picture: add it to the model, or draw without --init");

    private PromptEncoder OpenPrompts() => new(
        OpenText("tokenizer", "text_encoder"),
        Layout.IsXl ? OpenText("tokenizer_2", "text_encoder_2") : null,
        Layout.HasZerosForNoNegative);

    private TextEncoder OpenText(string tokenizer, string encoder) => new(ClipTokenizer.Read(Layout.Part(tokenizer)), Open(encoder));

    private ComponentGraph Open(string part) => new(_sessions.Create(Layout.Graph(part), SessionRole.Encoder), Layout.Graph(part));
}
