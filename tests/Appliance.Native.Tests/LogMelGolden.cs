using System.Globalization;
using Appliance.Testing;

namespace Appliance.Native.Tests;

/// <summary>A row of tests/golden/log-mel.txt: the bundled clip and 30 s of silence, 4100 normalised frames.</summary>
public sealed record LogMelGolden(
    int MelCount, float Minimum, float Maximum, float Mean, float MeanOf3000, float MeanOf1100, float At0X100, float At10X100, float At40X500)
{
    public const int Frames = 4100;

    public static LogMelGolden Read(int melCount) =>
        File.ReadLines(Path.Combine(RepositoryFolder.Path, "tests", "golden", "log-mel.txt"))
            .Where(static line => !line.StartsWith('#'))
            .Select(Parse)
            .Single(row => row.MelCount == melCount);

    private static LogMelGolden Parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        float[] values = [.. words.Skip(1).Select(static word => float.Parse(word, CultureInfo.InvariantCulture))];
        return new LogMelGolden(
            int.Parse(words[0], CultureInfo.InvariantCulture), values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    }
}
