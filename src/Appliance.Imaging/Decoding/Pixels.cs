using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Decoding;

/// <summary>Between pixels of 8 bits and the values of graphs, from −1 to 1.</summary>
internal static class Pixels
{
    private const int Channels = 3;

    /// <summary>Rounds half to even, as the reference does.</summary>
    /// <param name="decoded">Shape [1, 3, height, width].</param>
    /// <exception cref="ImagingException">There are values that are no numbers, or all are the same.</exception>
    public static RgbImage ToImage(Tensor decoded)
    {
        (int height, int width) = ((int)decoded.Shape[^2], (int)decoded.Shape[^1]);
        int plane = height * width;
        byte[] pixels = new byte[plane * Channels];
        float[] values = decoded.Values;
        Check(values);
        for (int channel = 0; channel < Channels; channel++)
        {
            ReadOnlySpan<float> source = values.AsSpan(channel * plane, plane);
            for (int i = 0; i < source.Length; i++)
            {
                pixels[(i * Channels) + channel] = (byte)MathF.Round(255 * Math.Clamp((source[i] / 2) + 0.5f, 0, 1), MidpointRounding.ToEven);
            }
        }

        return new(width, height, pixels);
    }

    /// <summary>Shape [3, height, width].</summary>
    public static float[] FromImage(RgbImage image)
    {
        int plane = image.Width * image.Height;
        float[] values = new float[plane * Channels];
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                values[(channel * plane) + i] = (2 * (image.Pixels[(i * Channels) + channel] / 255f)) - 1;
            }
        }

        return values;
    }

    private static void Check(ReadOnlySpan<float> values)
    {
        bool varies = false;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ImagingException(ImagingError.NotFinite, "the decoder gave values that are no numbers: use the model in float32, or another execution provider");
            }

            varies |= value != values[0];
        }

        if (!varies)
        {
            throw new ImagingException(ImagingError.NotFinite, "the decoder gave one colour everywhere: export the model again, or use another execution provider");
        }
    }
}
