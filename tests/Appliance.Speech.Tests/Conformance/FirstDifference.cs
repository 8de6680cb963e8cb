using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Decoding.Filters;
using Appliance.Speech.Transcripts;
using Appliance.Testing.Reference;

namespace Appliance.Speech.Tests.Conformance;

/// <summary>Where a transcript leaves the reference, and by how much: a near-tie of the two logits is rounding.</summary>
/// <param name="Description">Seek, step, the two tokens and their logits.</param>
/// <param name="Gap">Our token's logit minus the reference's; NaN when the cause is not a token.</param>
internal sealed record FirstDifference(string Description, double Gap)
{
    /// <summary>Finds the first window and step that differ, and looks at the logits there.</summary>
    public static FirstDifference Find(Transcript ours, ReferenceTranscript reference, WhisperModel model, Appliance.Speech.Features.Recording recording)
    {
        int[] history = [];
        foreach ((long seek, int[] expected) in Windows(reference.Segments.Select(s => (s.Seek, s.Tokens))))
        {
            int[]? actual = Windows(ours.Segments.Select(s => (s.Seek, s.Tokens))).Where(w => w.Seek == seek).Select(w => w.Tokens).FirstOrDefault();
            if (actual is null)
            {
                return new FirstDifference($"no window at seek {seek}", double.NaN);
            }

            int step = actual.AsSpan().CommonPrefixLength(expected);
            if (step < actual.Length || step < expected.Length)
            {
                return Look(seek, step, actual, expected, history, ours.Language, model, recording);
            }

            history = [.. history, .. expected];
        }

        return new FirstDifference("the tokens are equal; times or language differ", double.NaN);
    }

    private static FirstDifference Look(long seek, int step, int[] actual, int[] expected, int[] history, string language, WhisperModel model, Appliance.Speech.Features.Recording recording)
    {
        TranscriptionOptions options = new() { AudioContext = AudioContext.Full, LoopGuard = false };
        int content = (int)Math.Min(WindowKey.FullFrames, recording.Mel.ContentFrames - seek);
        new WindowEncoder(model.Graphs, recording.Mel).Encode(WindowKey.Full(seek, content), CancellationToken.None);
        int[] prompt = history.Length == 0 ? [] : [model.Tokenizer.StartOfPrevious, .. history[^Math.Min(history.Length, 223)..]];
        DecodingSettings settings = new AttemptFactory(model.Tokenizer, options, language, 448).Create(prompt, 0, null, false, 0);
        model.Graphs.Prompt(settings.Prompt, settings.Prompt.Length, [settings.Prompt.Length - 1], CancellationToken.None);
        for (int i = 0; i < step; i++)
        {
            model.Graphs.Step([expected[i]], CancellationToken.None);
        }

        Span<float> logits = model.Graphs.Logits(0, 0);
        TokenRange range = new(0, logits.Length);
        foreach (ILogitFilter filter in settings.Filters)
        {
            filter.Apply(logits, expected.AsSpan(0, step), ref range);
        }

        // a segment that was cut off ends where the next window takes over, not with a token of its own
        int ourToken = step < actual.Length ? actual[step] : model.Tokenizer.EndOfText;
        int theirToken = step < expected.Length ? expected[step] : model.Tokenizer.EndOfText;
        (double our, double their) = (Weight(ourToken, theirToken, logits, model), Weight(theirToken, ourToken, logits, model));
        return new FirstDifference(FormattableString.Invariant(
            $"seek {seek} step {step}: ours {ourToken} ({our:0.000}), reference {theirToken} ({their:0.000})"), our - their);
    }

    /// <summary>What the choice was made by: a token's logit, but all timestamps together where text stands against a timestamp.</summary>
    private static double Weight(int token, int other, ReadOnlySpan<float> logits, WhisperModel model)
    {
        int begin = model.Tokenizer.TimestampBegin;
        return token >= begin && other < begin ? new LogProbabilities().LogSumExp(logits[begin..]) : logits[token];
    }

    private static IEnumerable<(long Seek, int[] Tokens)> Windows(IEnumerable<(long Seek, IReadOnlyList<int> Tokens)> segments) =>
        segments.GroupBy(segment => segment.Seek).Select(group => (group.Key, (int[])[.. group.SelectMany(segment => segment.Tokens)]));
}
