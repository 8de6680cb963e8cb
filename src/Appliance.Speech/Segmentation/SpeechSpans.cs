namespace Appliance.Speech.Segmentation;

/// <summary>From speech probabilities to speech spans: hysteresis, as Silero does it, then splitting and padding.</summary>
internal static class SpeechSpans
{
    private const long SamplesPerMs = SileroVad.SampleRateHz / 1000;

    /// <summary>Finds the spans of a recording, in order, none overlapping another.</summary>
    /// <param name="probabilities">One a frame of <see cref="SileroVad.FrameSamples"/> samples.</param>
    /// <param name="options">Thresholds and durations.</param>
    /// <param name="sampleCount">Samples of the recording at 16 kHz; no span goes beyond.</param>
    public static IReadOnlyList<SpeechSpan> Find(IReadOnlyList<float> probabilities, VadOptions options, long sampleCount)
    {
        options.Validate();
        List<SampleSpan> spans = Split(Detect(probabilities, options, sampleCount), probabilities, options);
        Pad(spans, options.SpeechPadMs * SamplesPerMs, sampleCount);
        return spans.ConvertAll(span => new SpeechSpan(Seconds(span.Start), Seconds(span.End)));
    }

    /// <summary>The frame with the lowest probability among those that begin in [from, to), the last one of equals.</summary>
    internal static int Quietest(IReadOnlyList<float> probabilities, int from, int to)
    {
        int quietest = from;
        for (int frame = from; frame < Math.Min(to, probabilities.Count); frame++)
        {
            if (probabilities[frame] <= probabilities[quietest])
            {
                quietest = frame;
            }
        }

        return quietest;
    }

    private static List<SampleSpan> Detect(IReadOnlyList<float> probabilities, VadOptions options, long sampleCount)
    {
        float negativeThreshold = options.EffectiveNegativeThreshold;
        List<SampleSpan> spans = [];
        long? start = null;
        long? silence = null;
        for (int frame = 0; frame < probabilities.Count; frame++)
        {
            long sample = (long)frame * SileroVad.FrameSamples;
            if (probabilities[frame] >= options.Threshold)
            {
                start ??= sample;
                silence = null;
            }
            else if (start is not null && probabilities[frame] < negativeThreshold)
            {
                // frames between the two thresholds neither begin nor interrupt a silence
                silence ??= sample;
                if (sample - silence >= options.MinSilenceMs * SamplesPerMs)
                {
                    Keep(new SampleSpan(start.Value, silence.Value));
                    start = silence = null;
                }
            }
        }

        if (start is not null)
        {
            Keep(new SampleSpan(start.Value, sampleCount));
        }

        return spans;

        void Keep(SampleSpan span)
        {
            if (span.Length > options.MinSpeechMs * SamplesPerMs)
            {
                spans.Add(span);
            }
        }
    }

    private static List<SampleSpan> Split(List<SampleSpan> spans, IReadOnlyList<float> probabilities, VadOptions options)
    {
        if (double.IsInfinity(options.MaxSpeechSeconds))
        {
            return spans;
        }

        long longest = (long)(options.MaxSpeechSeconds * SileroVad.SampleRateHz) - (2 * options.SpeechPadMs * SamplesPerMs);
        List<SampleSpan> parts = [];
        foreach (SampleSpan span in spans)
        {
            long start = span.Start;
            while (span.End - start > longest)
            {
                int from = (int)((start + (longest / 2)) / SileroVad.FrameSamples) + 1;
                int to = (int)((start + longest) / SileroVad.FrameSamples) + 1;
                long cut = (long)Quietest(probabilities, from, to) * SileroVad.FrameSamples;
                parts.Add(new SampleSpan(start, cut));
                start = cut;
            }

            parts.Add(new SampleSpan(start, span.End));
        }

        return parts;
    }

    private static void Pad(List<SampleSpan> spans, long pad, long sampleCount)
    {
        for (int i = 0; i < spans.Count; i++)
        {
            SampleSpan span = spans[i];
            long before = i == 0 ? pad : Math.Min(pad, spans[i].Start - spans[i - 1].End);
            long gap = i + 1 < spans.Count ? spans[i + 1].Start - span.End : long.MaxValue;
            long after = gap < 2 * pad ? gap / 2 : pad;
            spans[i] = new SampleSpan(Math.Max(0, span.Start - before), Math.Min(sampleCount, span.End + after));
        }
    }

    private static double Seconds(long samples) => samples / (double)SileroVad.SampleRateHz;

    /// <summary>16 kHz samples from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
    private readonly record struct SampleSpan(long Start, long End)
    {
        public long Length => End - Start;
    }
}
