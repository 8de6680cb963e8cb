using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;

namespace Appliance.Imaging.Models;

/// <summary>A diffusion model in memory; each part is loaded when it is needed first. One picture at a time.</summary>
public sealed class DiffusionModel : IDisposable
{
    private readonly SessionFactory _sessions;
    private DiffusionParts _parts;
    private LatentPreview? _preview;

    private DiffusionModel(ModelFolder folder, DiffusionLayout layout, SessionFactory sessions)
    {
        Name = folder.Name;
        Layout = layout;
        _sessions = sessions;
        _parts = new DiffusionParts(layout, sessions);
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
    public bool TakesGuidance => Layout.MayTakeGuidance && _parts.Denoiser.ConditionWidth > 0;

    /// <summary>Whether there is a small decoder beside the model's own.</summary>
    public bool HasTinyDecoder => Layout.Has(DiffusionLayout.TinyDecoder);

    internal DiffusionLayout Layout { get; }

    internal DiffusionParts Parts => _parts;

    /// <summary>Reads a model folder; graphs are loaded later.</summary>
    /// <exception cref="ModelException">A part is missing, damaged or of a form that is not read.</exception>
    public static DiffusionModel Load(ModelFolder folder, SessionFactory sessions) => new(folder, DiffusionLayout.Read(folder.Path), sessions);

    /// <summary>
    /// Begins to load the large parts on another thread, in the order in which a picture needs them; who asks for one that is being loaded
    /// waits for it, and hears of it when it can't be.
    /// </summary>
    public void BeginLoading() => _parts.BeginLoading();

    /// <summary>Loads what every picture needs, now.</summary>
    /// <exception cref="ModelException">A part can't be loaded.</exception>
    public void LoadAll() => _parts.LoadAll();

    /// <summary>Unloads every part; each is loaded again when it is needed.</summary>
    internal void Unload()
    {
        _parts.Dispose();
        _parts = new DiffusionParts(Layout, _sessions);
    }

    /// <summary>Draws latents roughly; measured on the decoder when it is asked for first.</summary>
    internal LatentPreview Preview(CancellationToken cancellationToken) => _preview ??= LatentPreview.Measure(_parts.Decoder, Layout.LatentChannels, cancellationToken);

    /// <summary>The same with another configuration of the scheduler than the folder's.</summary>
    internal static DiffusionModel Load(ModelFolder folder, SessionFactory sessions, SchedulerConfig scheduler) =>
        new(folder, DiffusionLayout.Read(folder.Path) with { Scheduler = scheduler }, sessions);

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();
}
