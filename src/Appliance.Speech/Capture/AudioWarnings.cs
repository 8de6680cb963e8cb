using System.Globalization;
using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>What a user should know about a file that was decoded all the same.</summary>
internal static class AudioWarnings
{
    /// <summary>The warnings that the statistics of a whole file give.</summary>
    public static IEnumerable<string> From(AudioFileStatistics statistics, int sampleRateHz)
    {
        if (statistics.DeclaredShortfallFrames > 0)
        {
            double found = statistics.SourceFrames / (double)sampleRateHz;
            double declared = (statistics.SourceFrames + statistics.DeclaredShortfallFrames) / (double)sampleRateHz;
            yield return $"the header promises {Seconds(declared)}, the file holds {Seconds(found)}: what is there was used";
        }
        else if (statistics.DecoderError)
        {
            yield return $"the data is damaged after {Seconds(statistics.SourceFrames / (double)sampleRateHz)}: what comes before was used";
        }

        if (statistics.NonFiniteSamples > 0)
        {
            yield return $"{statistics.NonFiniteSamples} samples are not numbers (NaN or infinite): they counted as silence";
        }

        if (statistics.CancelledChannels)
        {
            yield return $"the channels cancel each other (one is inverted): channel {statistics.ChannelUsed} was used alone";
        }
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.##} s");
}
