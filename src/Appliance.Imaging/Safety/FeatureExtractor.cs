using System.Text.Json;
using Appliance.Inference.Models;
using SkiaSharp;

namespace Appliance.Imaging.Safety;

/// <summary>
/// Makes a picture ready for a CLIP vision model as <c>feature_extractor/preprocessor_config.json</c> says: scaled until the shorter side has the
/// size, the middle cut out, mean and deviation of each colour taken away.
/// </summary>
internal sealed class FeatureExtractor
{
    private const int DefaultSide = 224;

    private readonly int _shorter;
    private readonly float[] _mean;
    private readonly float[] _deviation;

    private FeatureExtractor(int shorter, int side, float[] mean, float[] deviation) => (_shorter, Side, _mean, _deviation) = (shorter, side, mean, deviation);

    /// <summary>Width and height of what comes out.</summary>
    public int Side { get; }

    /// <summary>Reads the file; without one the values of CLIP are used.</summary>
    /// <exception cref="ModelException">It is damaged.</exception>
    public static FeatureExtractor Read(string path)
    {
        using JsonDocument document = File.Exists(path) ? SourceJson.Read(path) : JsonDocument.Parse("{}");
        JsonElement json = document.RootElement;
        JsonFields fields = new(json, path);
        float[] mean = fields.Numbers("image_mean") ?? [0.48145466f, 0.4578275f, 0.40821073f];
        float[] deviation = fields.Numbers("image_std") ?? [0.26862954f, 0.26130258f, 0.27577711f];
        if (mean.Length != 3 || deviation.Length != 3 || deviation.Contains(0))
        {
            throw new ModelException(ModelError.Damaged, path, $"{path} must have three numbers each in image_mean and image_std: take the file from the model's origin");
        }

        int shorter = SizeOf(json, "size", "shortest_edge") ?? DefaultSide;
        return new(shorter, SizeOf(json, "crop_size", "height") ?? shorter, mean, deviation);
    }

    /// <summary>Shape [3, side, side].</summary>
    public float[] Extract(RgbImage image)
    {
        double scale = (double)_shorter / Math.Min(image.Width, image.Height);
        using SKBitmap source = new(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> pixels = source.GetPixelSpan();
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.AsSpan(i * 3, 3).CopyTo(pixels[(i * 4)..]);
            pixels[(i * 4) + 3] = 255;
        }

        using SKBitmap target = new(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(target);
        canvas.Translate((float)((Side - (image.Width * scale)) / 2), (float)((Side - (image.Height * scale)) / 2));
        canvas.Scale((float)scale);
        using SKImage drawn = SKImage.FromBitmap(source);
        using SKPaint paint = new();
        canvas.DrawImage(drawn, 0, 0, scale < 1 ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : new SKSamplingOptions(SKCubicResampler.CatmullRom), paint);
        ReadOnlySpan<byte> result = target.GetPixelSpan();
        float[] values = new float[3 * Side * Side];
        for (int i = 0; i < values.Length; i++)
        {
            int colour = i / (Side * Side);
            values[i] = ((result[((i % (Side * Side)) * 4) + colour] / 255f) - _mean[colour]) / _deviation[colour];
        }

        return values;
    }

    // a number, or an object with the number under a name
    private static int? SizeOf(JsonElement json, string name, string inner)
    {
        if (!json.TryGetProperty(name, out JsonElement size))
        {
            return null;
        }

        JsonElement number = size.ValueKind == JsonValueKind.Object && size.TryGetProperty(inner, out JsonElement found) ? found : size;
        return number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) && value is > 0 and <= 4096 ? value : null;
    }
}
