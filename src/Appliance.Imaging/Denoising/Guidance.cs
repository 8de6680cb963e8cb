namespace Appliance.Imaging.Denoising;

/// <summary>Classifier-free guidance (Ho and Salimans 2022), with the rescaling of Lin et al. 2023, section 3.4.</summary>
internal static class Guidance
{
    /// <summary>Joins the outputs for the negative prompt and the prompt.</summary>
    /// <param name="outputs">Both, the negative one first.</param>
    /// <param name="scale">Guidance scale.</param>
    /// <param name="rescale">Part of the rescaling, 0 to 1.</param>
    /// <param name="result">The joined output.</param>
    public static void Join(ReadOnlySpan<float> outputs, float scale, float rescale, Span<float> result)
    {
        ReadOnlySpan<float> negative = outputs[..result.Length];
        ReadOnlySpan<float> prompted = outputs[result.Length..];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = negative[i] + (scale * (prompted[i] - negative[i]));
        }

        if (rescale > 0)
        {
            float ratio = (float)(Deviation(prompted) / Deviation(result));
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (rescale * (result[i] * ratio)) + ((1 - rescale) * result[i]);
            }
        }
    }

    /// <summary>
    /// The embedding of a guidance scale for models distilled for it (Luo et al. 2023): sines and cosines of 1000·(scale − 1).
    /// </summary>
    /// <param name="scale">Guidance scale.</param>
    /// <param name="width">Values.</param>
    public static float[] Embed(double scale, int width)
    {
        float[] embedding = new float[width];
        int half = width / 2;
        float step = (float)(Math.Log(10000) / (half - 1));
        float angle = (float)(scale - 1) * 1000;
        for (int i = 0; i < half; i++)
        {
            float frequency = (float)Math.Exp(-(i * step));
            embedding[i] = (float)Math.Sin(angle * frequency);
            embedding[i + half] = (float)Math.Cos(angle * frequency);
        }

        return embedding;
    }

    private static double Deviation(ReadOnlySpan<float> values)
    {
        double mean = 0;
        foreach (float value in values)
        {
            mean += value;
        }

        mean /= values.Length;
        double squares = 0;
        foreach (float value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Length - 1));
    }
}
