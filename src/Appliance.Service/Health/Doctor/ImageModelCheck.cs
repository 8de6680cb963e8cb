using Appliance.Imaging.Models;
using Appliance.Inference.Models;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether the model that pictures are drawn with can be loaded.</summary>
internal sealed class ImageModelCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "image-model";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        ModelFolder folder = context.Catalog.Find(context.Settings.Imaging.Model, ModelKinds.Diffusion);
        using DiffusionModel model = DiffusionModel.Load(folder, context.Sessions);
        model.LoadAll();
        yield return Finding.Ok($"{model.Name} loads: {model.TrainedPixels}x{model.TrainedPixels} pixels, scheduler {model.Scheduler}");
    }
}
