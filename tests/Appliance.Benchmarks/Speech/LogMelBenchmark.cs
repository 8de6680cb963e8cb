using System.Diagnostics;
using Appliance.Native;

namespace Appliance.Benchmarks.Speech;

/// <summary>How many times real time one core makes log-mel, for each variant that this processor has.</summary>
internal static class LogMelBenchmark
{
    private const int SampleRateHz = 16000;
    private const int Seconds = 30;

    public static void Run(IReadOnlyList<CorpusClip> clips, Table table)
    {
        float[] samples = new float[Seconds * SampleRateHz];
        using (AudioFileReader reader = AudioFileReader.Open(clips.First(clip => clip.Seconds >= Seconds).File, new AudioFileOptions()))
        {
            for (int read = -1, filled = 0; read != 0 && filled < samples.Length; filled += read)
            {
                read = reader.Read(samples.AsSpan(filled));
            }
        }

        table.Title("log-mel, one core");
        foreach (int melCount in (int[])[80, 128])
        {
            table.Row($"log_mel_{melCount}", TimesRealTime(samples, melCount), $"{melCount} mels, times real time");
        }
    }

    private static double TimesRealTime(float[] samples, int melCount)
    {
        using LogMelExtractor extractor = new(melCount);
        float[] frames = new float[((samples.Length / 160) + 4) * melCount];
        double best = double.PositiveInfinity;
        for (int round = 0; round < 20; round++)
        {
            extractor.Reset();
            long start = Stopwatch.GetTimestamp();
            extractor.Append(samples, frames);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Seconds / best;
    }
}
