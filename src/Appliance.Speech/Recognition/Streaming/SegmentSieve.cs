using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>Passes the pieces of a final text through the firewall; what was committed stays, whatever it says now.</summary>
/// <param name="tokenizer">The model's vocabulary.</param>
/// <param name="firewall">The judge.</param>
/// <param name="audio">The segment.</param>
/// <param name="committed">Text tokens that were committed.</param>
/// <param name="repeats">True when the loop guard ended the decoding.</param>
internal sealed class SegmentSieve(
    WhisperTokenizer tokenizer, HallucinationFirewall firewall, SegmentAudio audio, int committed, bool repeats)
{
    private int _committed = committed;

    /// <summary>Text tokens that got through.</summary>
    public List<int> Text { get; } = [];

    /// <summary>Their words, in seconds of the captured timeline; null when there are none.</summary>
    public List<TranscriptWord>? Words { get; private set; }

    /// <summary>What did not.</summary>
    public List<DroppedText> Dropped { get; } = [];

    /// <summary>Where the text begins, in seconds of the captured timeline; null without text.</summary>
    public double? Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public double? End { get; private set; }

    /// <summary>Adds the next piece, with times in seconds of the segment.</summary>
    public void Add(SegmentDraft draft)
    {
        int[] text = Array.FindAll(draft.Tokens, token => token < tokenizer.EndOfText);
        int kept = Math.Min(_committed, text.Length);
        _committed -= kept;
        TranscriptWord[]? words = draft.Words?.Select(word => word with { Start = audio.Start + word.Start, End = audio.Start + word.End }).ToArray();
        int keptWords = words is null ? 0 : WordsWithin(words, tokenizer.Decode(text.AsSpan(0, kept)).Length);
        Keep(text.AsSpan(0, kept), words.AsSpan(0, keptWords), draft);
        if (kept < text.Length)
        {
            Judge(draft, text, kept, words, keptWords);
        }
    }

    private void Judge(SegmentDraft draft, int[] text, int kept, TranscriptWord[]? words, int keptWords)
    {
        TranscriptWord[]? tail = words?[keptWords..];
        string said = tokenizer.Decode(text.AsSpan(kept));
        FirewallCandidate candidate = new()
        {
            Text = said,
            Start = tail is { Length: > 0 } ? tail[0].Start : audio.Start + draft.Start,
            End = tail is { Length: > 0 } ? tail[^1].End : audio.Start + draft.End,
            Tokens = text.AsMemory(kept),
            AverageLogProbability = draft.AverageLogProbability,
            NoSpeechProbability = draft.NoSpeechProbability,
            CompressionRatio = kept == 0 ? draft.CompressionRatio : CompressionRatio.Of(said),
            Repeats = repeats,
            Words = tail,
            Evidence = audio.Evidence,
        };
        bool isPunctuation = kept > 0 && PhraseText.Normalize(said).Length == 0;
        if (isPunctuation || firewall.Drop(candidate) is not { } reason)
        {
            Keep(text.AsSpan(kept), tail, draft);
        }
        else if (!string.IsNullOrWhiteSpace(said))
        {
            Dropped.Add(new DroppedText(candidate.Start, candidate.End, said.Trim(), DropReasons.NameOf(reason)));
        }
    }

    private void Keep(ReadOnlySpan<int> text, ReadOnlySpan<TranscriptWord> words, SegmentDraft draft)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Text.AddRange(text);
        if (draft.Words is not null)
        {
            (Words ??= []).AddRange(words);
        }

        Start ??= words.IsEmpty ? audio.Start + draft.Start : words[0].Start;
        End = words.IsEmpty ? audio.Start + draft.End : words[^1].End;
    }

    private static int WordsWithin(TranscriptWord[] words, int characters)
    {
        int count = 0;
        for (int at = 0; count < words.Length && (at += words[count].Word.Length) <= characters; count++)
        {
            // each word that ends within the characters
        }

        return count;
    }
}
