using Appliance.Imaging.Models;

namespace Appliance.Imaging;

/// <summary>Which widths and heights a model can draw.</summary>
public static class ImageSizes
{
    /// <exception cref="ImagingException">One is not possible; the message names the nearest that is.</exception>
    public static void Check(int width, int height, DiffusionModel model)
    {
        CheckSide("width", width, model.Grid);
        CheckSide("height", height, model.Grid);
    }

    private static void CheckSide(string what, int pixels, int grid)
    {
        int most = ImageLimits.Side / grid * grid;
        if (pixels >= grid && pixels <= most && pixels % grid == 0)
        {
            return;
        }

        int below = Math.Clamp(pixels / grid * grid, grid, most);
        int above = Math.Clamp(below + grid, grid, most);
        string nearest = pixels < grid || pixels > most || below == above ? $"{below}" : $"{below} or {above}";
        throw new ImagingException(ImagingError.BadRequest, $"{what} {pixels}: must be a multiple of {grid} from {grid} to {most} for this model, nearest is {nearest}");
    }
}
