using System.Globalization;
using System.Text;
using Appliance.Imaging.Prompts;

namespace Appliance.Imaging.Tests.Prompts;

/// <summary>The texts of scripts/make-canonical-forms --sum: every character, then sequences of characters that matter.</summary>
internal static class CanonicalTexts
{
    public static IEnumerable<string> All()
    {
        for (int code = 0; code < 0x110000; code++)
        {
            if (code is < 0xd800 or > 0xdfff)
            {
                yield return new Rune(code).ToString();
            }
        }

        int[] pool = Pool();
        ulong state = 1;
        for (int text = 0; text < 20000; text++)
        {
            StringBuilder made = new();
            for (int i = 0; i < 6; i++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                made.Append(new Rune(pool[(state >> 33) % (ulong)pool.Length]).ToString());
            }

            yield return made.ToString();
        }
    }

    private static int[] Pool()
    {
        using Stream stream = typeof(CanonicalComposition).Assembly.GetManifestResourceStream("canonical-forms.txt")!;
        using StreamReader reader = new(stream);
        string[][] lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        return
        [
            .. lines.Where(line => line[0] is "d" or "=").Select(line => Code(line[1])),
            .. lines.Where(line => line[0] == "c").SelectMany(line => Enumerable.Range(Code(line[1]), Code(line[2]) - Code(line[1]) + 1)),
            0x41, 0x61, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01,
        ];
    }

    private static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
