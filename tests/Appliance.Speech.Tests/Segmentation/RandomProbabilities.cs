namespace Appliance.Speech.Tests.Segmentation;

/// <summary>Speech probabilities with runs of speech and silence of random lengths, and with noise on them.</summary>
internal static class RandomProbabilities
{
    public static float[] Next(Random random, int frames)
    {
        float[] probabilities = new float[frames];
        bool speech = random.Next(2) == 0;
        for (int frame = 0; frame < frames; speech = !speech)
        {
            // mostly short, now and then a minute
            int run = random.Next(10) == 0 ? random.Next(2000) : random.Next(1, 100);
            for (int end = Math.Min(frames, frame + run); frame < end; frame++)
            {
                probabilities[frame] = Math.Clamp((speech ? 0.85f : 0.1f) + ((random.NextSingle() - 0.5f) * 0.6f), 0f, 1f);
            }
        }

        return probabilities;
    }
}
