using System.Globalization;
using System.Text;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Text reduced to what is said: letters and digits in lower case, single spaces between.</summary>
internal static class PhraseText
{
    /// <summary>The reduced form.</summary>
    public static string Normalize(string text)
    {
        StringBuilder normal = new(text.Length);
        bool isPending = false;
        foreach (Rune given in text.EnumerateRunes())
        {
            // full-width forms of ASCII; string.Normalize does nothing without globalization data
            Rune rune = given.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(given.Value - 0xFEE0) : given;
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                if (isPending && normal.Length > 0)
                {
                    normal.Append(' ');
                }

                isPending = false;
                normal.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (rune.Value is not '\'' and not '’')
            {
                // an apostrophe stands within a word
                isPending = true;
            }
        }

        return normal.ToString();
    }

    /// <summary>Words of a text; where a script does not part them, a word is taken to have two letters.</summary>
    public static int CountWords(string text)
    {
        int words = 0;
        foreach (string word in Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int unparted = word.EnumerateRunes().Count(IsUnparted);
            words += unparted > 0 ? (unparted + 1) / 2 : 1;
        }

        return words;
    }

    /// <summary>Letters of scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana and Han.</summary>
    public static bool IsUnparted(Rune rune) => rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
