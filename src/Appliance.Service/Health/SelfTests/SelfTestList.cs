using Appliance.Native;

namespace Appliance.Service.Health.SelfTests;

/// <summary>All tests, in the order of the report.</summary>
internal static class SelfTestList
{
    private static readonly int[] MelCounts = [80, 128];

    /// <summary>All tests that this processor can run: log-mel once for each kind of vector code.</summary>
    public static IReadOnlyList<ISelfTest> Create() =>
    [
        new AudioTest(),
        .. SimdLevels().SelectMany(level => MelCounts.Select(count => new LogMelTest(count, level))),
        new TokenizerTest(),
        new NonSpeechTest(),
        new TimestampRulesTest(),
        new TimeWarpingTest(),
        new VoiceActivityTest(),
        new TranscriptionTest(),
        new PromptTest(),
        new NoiseTest(),
        new PictureTest(),
    ];

    // where the library can't be loaded the tests say why, so the best level stays in the list
    private static SimdLevel[] SimdLevels()
    {
        SimdLevel[] levels = [.. Enum.GetValues<SimdLevel>().Where(level => level != SimdLevel.Auto && IsAvailable(level))];
        return levels.Length > 0 ? levels : [SimdLevel.Auto];
    }

    private static bool IsAvailable(SimdLevel level)
    {
        try
        {
            new LogMelExtractor(MelCounts[0], level).Dispose();
            return true;
        }
        catch (NativeException)
        {
            return false;
        }
    }
}
