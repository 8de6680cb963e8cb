using Appliance.Imaging;
using Appliance.Imaging.Models;

namespace Appliance.Service.Health.SelfTests;

/// <summary>The whole way from a prompt to a picture: it must show what was asked for.</summary>
internal sealed class PictureTest : ISelfTest
{
    private const int Block = 4;

    /// <inheritdoc/>
    public string Name => "picture";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenPicture golden = context.Golden.Picture;
        using DiffusionModel model = DiffusionModel.Load(context.ImageModelFolder, context.Sessions);
        DiffusionDefaults defaults = DiffusionDefaults.Of(context.ImageModelFolder.Manifest, model);
        ImageRequest request = new()
        {
            Prompt = golden.Prompt,
            Seed = golden.Seed,
            Scheduler = model.Scheduler,
            Steps = defaults.Steps,
            Guidance = defaults.Guidance,
            Width = defaults.Width,
            Height = defaults.Height,
        };
        RgbImage image = new ImagePipeline(model).Draw(request, progress: null, cancellationToken).Image;
        double[] distances = [.. golden.Scenes.Select(scene => Distance(image, scene))];
        double nearestOther = distances.Skip(1).Min();
        return new(
            distances[0] < nearestOther,
            FormattableString.Invariant($"\"{golden.Prompt}\": off by {distances[0]:0} levels from the right scene, by {nearestOther:0} from the nearest other"));
    }

    /// <summary>Root of the mean squared difference from a scene of a quarter of the size.</summary>
    private static double Distance(RgbImage image, byte[] scene)
    {
        double sum = 0;
        int side = image.Width / Block;
        for (int i = 0; i < scene.Length; i++)
        {
            (int y, int x, int colour) = (i / 3 / side, i / 3 % side, i % 3);
            double mean = 0;
            for (int pixel = 0; pixel < Block * Block; pixel++)
            {
                mean += image.Pixels[(((((y * Block) + (pixel / Block)) * image.Width) + (x * Block) + (pixel % Block)) * 3) + colour] / (double)(Block * Block);
            }

            sum += (mean - scene[i]) * (mean - scene[i]);
        }

        return Math.Sqrt(sum / scene.Length);
    }
}
