using System.Text;
using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Listening;

/// <summary>
/// Lets only what follows one of some phrases through ("computer, turn on the light"). A segment that is nothing but the phrase opens the
/// gate for the next one, when that begins soon.
/// </summary>
internal sealed class PhraseGate
{
    /// <summary>Seconds from the end of a phrase within which the next segment still follows it.</summary>
    private const double StaysOpen = 8;

    private static readonly char[] Between = [' ', ',', '.', '!', '?', ':', ';', '-', '–', '…', '，', '。', '、', '！', '？'];

    private readonly string[] _phrases;
    private readonly Action<ListenEvent> _publish;
    private double _openUntil = double.NegativeInfinity;
    private int _openFor = -1;

    /// <param name="phrases">The phrases; case and punctuation do not count.</param>
    /// <param name="publish">Told of what passes.</param>
    public PhraseGate(IReadOnlyList<string> phrases, Action<ListenEvent> publish)
    {
        _phrases = [.. phrases.Select(PhraseText.Normalize).Where(phrase => phrase.Length > 0).OrderByDescending(phrase => phrase.Length)];
        _publish = publish;
    }

    /// <summary>Takes an event; one at a time.</summary>
    public void Pass(ListenEvent listenEvent)
    {
        switch (listenEvent)
        {
            case PartialEvent partial:
                Pass(partial);
                break;
            case FinalEvent final:
                Pass(final);
                break;
            case DroppedEvent:
                // what was said, or not, without the phrase is nobody's business
                break;
            default:
                _publish(listenEvent);
                break;
        }
    }

    private void Pass(PartialEvent partial)
    {
        if (IsOpen(partial.Segment, partial.Start))
        {
            _publish(partial);
            return;
        }

        string all = partial.Committed + partial.Tentative;
        if (Find(all) is int from)
        {
            int committed = Math.Max(0, partial.Committed.Length - from);
            _publish(partial with { Committed = all[from..][..committed], Tentative = all[(from + committed)..] });
        }
    }

    private void Pass(FinalEvent final)
    {
        if (IsOpen(final.Segment, final.Start))
        {
            _openUntil = double.NegativeInfinity;
            _publish(final);
        }
        else if (Find(final.Text) is int from)
        {
            bool isAlone = from == final.Text.Length;
            (_openUntil, _openFor) = (isAlone ? final.End + StaysOpen : double.NegativeInfinity, -1);
            _publish(final with { Text = final.Text[from..], Words = WordsFrom(final, from) });
        }
    }

    /// <summary>Whether this segment follows a phrase that stood alone.</summary>
    private bool IsOpen(int segment, double start)
    {
        if (_openFor < 0 && start <= _openUntil)
        {
            _openFor = segment;
        }

        return _openFor == segment && !double.IsNegativeInfinity(_openUntil);
    }

    /// <summary>Where what follows a phrase begins; null when there is none.</summary>
    private int? Find(string text)
    {
        int? first = null;
        for (int end = 1; end <= text.Length && first is null; end++)
        {
            bool isWordEnd = end == text.Length || !char.IsLetterOrDigit(text[end]) || IsUnparted(text[end - 1]);
            if (isWordEnd && char.IsLetterOrDigit(text[end - 1]) && EndsWithPhrase(PhraseText.Normalize(text[..end])))
            {
                first = end;
            }
        }

        if (first is not int from)
        {
            return null;
        }

        while (from < text.Length && Between.Contains(text[from]))
        {
            from++;
        }

        return from;
    }

    private bool EndsWithPhrase(string normal) => _phrases.Any(phrase =>
        normal.EndsWith(phrase, StringComparison.Ordinal) && (normal.Length == phrase.Length || normal[^(phrase.Length + 1)] == ' ' || IsUnparted(phrase[0])));

    private static bool IsUnparted(char letter) => Rune.TryCreate(letter, out Rune rune) && PhraseText.IsUnparted(rune);

    private static List<TranscriptWord>? WordsFrom(FinalEvent final, int from)
    {
        if (final.Words is null)
        {
            return null;
        }

        // the text is the words joined, its first space gone
        int at = final.Words.Count > 0 && final.Words[0].Word.StartsWith(' ') && !final.Text.StartsWith(' ') ? -1 : 0;
        List<TranscriptWord> words = [];
        foreach (TranscriptWord word in final.Words)
        {
            at += word.Word.Length;
            if (at > from)
            {
                words.Add(word);
            }
        }

        return words;
    }
}
