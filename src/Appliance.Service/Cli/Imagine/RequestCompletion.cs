using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Puts in place what the call leaves to the model and to the given picture.</summary>
internal sealed class RequestCompletion(ImagineRequest request, ModelManifest manifest, DiffusionModel model)
{
    /// <summary>The request of the first picture.</summary>
    /// <exception cref="CommandException">A given picture can't be used.</exception>
    public ImageRequest Complete(PictureFile? init, PictureFile? mask)
    {
        DiffusionDefaults defaults = DiffusionDefaults.Of(manifest, model);
        (int width, int height) = SizeOf(init, defaults);
        return new()
        {
            Prompt = request.Prompt,
            NegativePrompt = request.NegativePrompt,
            Seed = request.Seed,
            Generator = request.Generator,
            Scheduler = request.Scheduler ?? model.Scheduler,
            Steps = request.Steps ?? defaults.Steps,
            Guidance = request.Guidance ?? defaults.Guidance,
            GuidanceRescale = request.GuidanceRescale,
            Width = width,
            Height = height,
            Init = init?.Use(file => PictureReader.Read(file, width, height)),
            Strength = init is null ? 1 : request.Strength,
            Decoder = request.Decoder,
            IsChecked = request.IsChecked,
            Mask = mask?.Use(PictureReader.ReadMask),
        };
    }

    /// <summary>What the call says, else the given picture's size on the model's grid, else the model's own.</summary>
    private (int Width, int Height) SizeOf(PictureFile? init, DiffusionDefaults defaults)
    {
        (int Width, int Height) otherwise = init is null ? (defaults.Width, defaults.Height) : OnGrid(init.Use(PictureReader.SizeOf), defaults);
        (int width, int height) = (request.Width ?? otherwise.Width, request.Height ?? otherwise.Height);
        ImageSizes.Check(width, height, model);
        return (width, height);
    }

    /// <summary>A larger picture is scaled to about as many pixels as the model was trained on.</summary>
    private (int Width, int Height) OnGrid((int Width, int Height) size, DiffusionDefaults defaults)
    {
        double scale = Math.Min(1, Math.Sqrt((double)defaults.Width * defaults.Height / ((double)size.Width * size.Height)));
        return (Nearest(size.Width * scale), Nearest(size.Height * scale));

        int Nearest(double pixels) => Math.Clamp((int)Math.Round(pixels / model.Grid) * model.Grid, model.Grid, ImageLimits.Side / model.Grid * model.Grid);
    }
}
