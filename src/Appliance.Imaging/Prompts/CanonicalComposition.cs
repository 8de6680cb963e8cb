using System.Globalization;
using System.Text;

namespace Appliance.Imaging.Prompts;

/// <summary>
/// Unicode normalization form C (Unicode Standard Annex 15), which .NET only has with ICU. The data beside this file come from the Unicode
/// Character Database.
/// </summary>
internal static class CanonicalComposition
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int HangulCount = 19 * VowelCount * TrailCount;

    // below this every character is in the form already
    private const char FirstAffected = '\u0300';

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>The text in form C.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstAffected, '\uffff'))
        {
            return text;
        }

        List<int> decomposed = [];
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, decomposed);
        }

        Order(decomposed);
        Compose(decomposed);
        StringBuilder composed = new(text.Length);
        foreach (int code in decomposed)
        {
            composed.Append(new Rune(code).ToString());
        }

        return composed.ToString();
    }

    private static void Decompose(int code, List<int> result)
    {
        int hangul = code - HangulBase;
        if (hangul is >= 0 and < HangulCount)
        {
            result.Add(LeadBase + (hangul / (VowelCount * TrailCount)));
            result.Add(VowelBase + (hangul % (VowelCount * TrailCount) / TrailCount));
            if (hangul % TrailCount > 0)
            {
                result.Add(TrailBase + (hangul % TrailCount));
            }
        }
        else if (Data.Value.Parts.TryGetValue(code, out (int First, int Second) parts))
        {
            Decompose(parts.First, result);
            if (parts.Second != 0)
            {
                result.Add(parts.Second);
            }
        }
        else
        {
            result.Add(code);
        }
    }

    /// <summary>Sorts each run of marks by class; marks of one class keep their order.</summary>
    private static void Order(List<int> codes)
    {
        for (int i = 1; i < codes.Count; i++)
        {
            int mark = Class(codes[i]);
            for (int j = i; mark > 0 && j > 0 && Class(codes[j - 1]) > mark; j--)
            {
                (codes[j], codes[j - 1]) = (codes[j - 1], codes[j]);
            }
        }
    }

    /// <summary>Joins each mark with the last starter before it, unless a mark of the same or a higher class stands between.</summary>
    private static void Compose(List<int> codes)
    {
        int starter = -1;
        int kept = 0;
        int lastClass = 0;
        for (int i = 0; i < codes.Count; i++)
        {
            int code = codes[i];
            int mark = Class(code);
            bool isBlocked = starter < 0 || (kept - 1 > starter && (lastClass >= mark || lastClass == 0));
            if (!isBlocked && Join(codes[starter], code) is { } joined)
            {
                codes[starter] = joined;
                continue;
            }

            if (mark == 0)
            {
                starter = kept;
            }

            lastClass = mark;
            codes[kept++] = code;
        }

        codes.RemoveRange(kept, codes.Count - kept);
    }

    private static int? Join(int first, int second)
    {
        if (first - LeadBase is >= 0 and < 19 and int lead && second - VowelBase is >= 0 and < VowelCount and int vowel)
        {
            return HangulBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        if (first - HangulBase is >= 0 and < HangulCount and int hangul && hangul % TrailCount == 0 && second - TrailBase is > 0 and < TrailCount and int trail)
        {
            return first + trail;
        }

        return Data.Value.Whole.TryGetValue((first, second), out int whole) ? whole : null;
    }

    private static int Class(int code) => Data.Value.Classes.GetValueOrDefault(code);

    private sealed record Tables(Dictionary<int, (int First, int Second)> Parts, Dictionary<(int First, int Second), int> Whole, Dictionary<int, int> Classes)
    {
        public static Tables Read()
        {
            Tables tables = new([], [], []);
            using Stream stream = typeof(CanonicalComposition).Assembly.GetManifestResourceStream("canonical-forms.txt")!;
            using StreamReader reader = new(stream);
            while (reader.ReadLine() is { } line)
            {
                tables.Add(line.Split(' '));
            }

            return tables;
        }

        private void Add(string[] fields)
        {
            switch (fields[0])
            {
                case "c":
                    int mark = int.Parse(fields[3], CultureInfo.InvariantCulture);
                    for (int code = Code(fields[1]); code <= Code(fields[2]); code++)
                    {
                        Classes[code] = mark;
                    }

                    break;
                case "d" or "=":
                    (int First, int Second) parts = (Code(fields[2]), fields.Length > 3 ? Code(fields[3]) : 0);
                    Parts[Code(fields[1])] = parts;
                    if (fields[0] == "=")
                    {
                        Whole[parts] = Code(fields[1]);
                    }

                    break;
                default:
                    break;
            }
        }

        private static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
