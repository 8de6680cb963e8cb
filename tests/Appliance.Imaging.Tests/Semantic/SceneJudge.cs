using System.Text.Json;

namespace Appliance.Imaging.Tests.Semantic;

/// <summary>Finds the rendered scene that a picture is nearest to: averaged down by blocks of 4, smallest sum of squared differences.</summary>
/// <param name="scenes">Shape [scenes, 32, 32, 3].</param>
/// <param name="subjects">The first so many are the plain subjects.</param>
internal sealed class SceneJudge(byte[] scenes, int subjects)
{
    private const int Side = 32;
    private const int Block = 4;
    private const int Count = Side * Side * 3;

    /// <summary>Index of the scene among the candidates, a list of indices or "all" for the plain subjects.</summary>
    public int Nearest(RgbImage image, JsonElement candidates)
    {
        float[] small = Average(image);
        IEnumerable<int> indices = candidates.ValueKind == JsonValueKind.Array
            ? candidates.EnumerateArray().Select(index => index.GetInt32())
            : Enumerable.Range(0, subjects);
        return indices.MinBy(index => Distance(small, scenes.AsSpan(index * Count, Count)));
    }

    private static float[] Average(RgbImage image)
    {
        float[] small = new float[Count];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    small[((((y / Block) * Side) + (x / Block)) * 3) + channel] += image.Pixels[(((y * image.Width) + x) * 3) + channel] / (float)(Block * Block);
                }
            }
        }

        return small;
    }

    private static double Distance(float[] picture, ReadOnlySpan<byte> scene)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double difference = picture[i] - scene[i];
            sum += difference * difference;
        }

        return sum;
    }
}
