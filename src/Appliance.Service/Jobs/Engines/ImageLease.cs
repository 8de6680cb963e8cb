using Appliance.Imaging;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;

namespace Appliance.Service.Jobs.Engines;

/// <summary>The use of a text-to-image model by one piece of work; disposing of it gives it back.</summary>
internal sealed class ImageLease(DiffusionModel model, ImagePipeline pipeline, ModelFolder folder, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    /// <summary>The model.</summary>
    public DiffusionModel Model => model;

    /// <summary>Draws with it.</summary>
    public ImagePipeline Pipeline => pipeline;

    /// <summary>Where it is.</summary>
    public ModelFolder Folder => folder;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
