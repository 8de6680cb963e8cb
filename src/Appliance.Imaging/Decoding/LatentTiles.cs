using Appliance.Imaging.Denoising;
using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Decoding;

/// <summary>
/// Decodes large latents in overlapping tiles that are blended linearly, so that memory does not grow with the picture. The decoder's
/// normalization sees one tile at a time: tones may differ a little from those of the whole.
/// </summary>
internal static class LatentTiles
{
    /// <summary>Latents with more places than this are cut: 768x768 pixels at a factor of 8.</summary>
    public const int LargestWhole = 96 * 96;

    private const int Side = 64;
    private const int Overlap = 16;

    /// <summary>Whether latents are too large to be decoded whole.</summary>
    public static bool AreNeeded(LatentSize size) => size.Height * size.Width > LargestWhole;

    /// <summary>Decodes tile by tile.</summary>
    /// <param name="latents">Latents of one picture.</param>
    /// <param name="size">Their shape.</param>
    /// <param name="decode">Decodes one tile.</param>
    /// <returns>Shape [1, 3, H, W].</returns>
    public static Tensor Decode(ReadOnlySpan<float> latents, LatentSize size, Func<float[], LatentSize, Tensor> decode)
    {
        Tensor? whole = null;
        float[] weights = [];
        foreach (int top in Starts(size.Height))
        {
            foreach (int left in Starts(size.Width))
            {
                LatentSize tileSize = new(size.Channels, Math.Min(Side, size.Height), Math.Min(Side, size.Width));
                Tensor tile = decode(Cut(latents, size, tileSize, top, left), tileSize);
                int factor = (int)tile.Shape[^1] / tileSize.Width;
                whole ??= new(new float[3 * size.Height * size.Width * factor * factor], [1, 3, size.Height * factor, size.Width * factor]);
                weights = weights.Length > 0 ? weights : new float[size.Height * size.Width * factor * factor];
                Blend(whole, weights, tile, top * factor, left * factor, Overlap * factor);
            }
        }

        Tensor result = whole!;
        for (int i = 0; i < result.Values.Length; i++)
        {
            result.Values[i] /= weights[i % weights.Length];
        }

        return result;
    }

    /// <summary>Where tiles begin along a side: even steps that overlap, the last one at the end.</summary>
    private static IEnumerable<int> Starts(int length)
    {
        int start = 0;
        while (start + Side < length)
        {
            yield return start;
            start += Side - Overlap;
        }

        yield return Math.Max(0, length - Side);
    }

    private static float[] Cut(ReadOnlySpan<float> latents, LatentSize size, LatentSize tile, int top, int left)
    {
        float[] cut = new float[tile.Count];
        for (int channel = 0; channel < tile.Channels; channel++)
        {
            for (int y = 0; y < tile.Height; y++)
            {
                latents.Slice((((channel * size.Height) + top + y) * size.Width) + left, tile.Width).CopyTo(cut.AsSpan(((channel * tile.Height) + y) * tile.Width));
            }
        }

        return cut;
    }

    /// <summary>Adds a tile with weights that rise from its edges over the overlap.</summary>
    private static void Blend(Tensor whole, float[] weights, Tensor tile, int top, int left, int ramp)
    {
        (int height, int width) = ((int)tile.Shape[^2], (int)tile.Shape[^1]);
        (int wholeHeight, int wholeWidth) = ((int)whole.Shape[^2], (int)whole.Shape[^1]);
        for (int y = 0; y < height; y++)
        {
            float vertical = Weight(y, height, ramp, top == 0, top + height == wholeHeight);
            for (int x = 0; x < width; x++)
            {
                float weight = vertical * Weight(x, width, ramp, left == 0, left + width == wholeWidth);
                int place = ((top + y) * wholeWidth) + left + x;
                weights[place] += weight;
                for (int channel = 0; channel < 3; channel++)
                {
                    whole.Values[(channel * wholeHeight * wholeWidth) + place] += weight * tile.Values[(channel * height * width) + (y * width) + x];
                }
            }
        }
    }

    private static float Weight(int place, int length, int ramp, bool isFirst, bool isLast)
    {
        float fromStart = isFirst ? 1 : Math.Min(1, (place + 0.5f) / ramp);
        float fromEnd = isLast ? 1 : Math.Min(1, (length - place - 0.5f) / ramp);
        return fromStart * fromEnd;
    }
}
