using System.Diagnostics;
using System.Text.Json;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Recognition.WordTiming;
using Appliance.Speech.Tests.Vocabulary;
using Appliance.Speech.Transcripts;
using Appliance.Testing;

namespace Appliance.Speech.Tests.WordTiming;

public class WordTimestampsTests
{
    private const int SotLength = 3;
    private const string Prepended = "\"'“¿([{-";
    private const string Appended = "\"'.。,，!！?？:：”)]}、";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_OfReferenceWindows_GivesTheOriginalsWords(bool afterSoftmax)
    {
        WhisperTokenizer tokenizer = SharedModels.Base;
        string path = Path.Combine(RepositoryFolder.Path, "tests", "Appliance.Speech.Tests", "WordTiming", "word-timing.jsonl");
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement window = document.RootElement;
            List<SegmentDraft> segments = [.. window.GetProperty("segments").EnumerateArray().Select(Segment)];
            double lastSpeech = Add(segments, window, afterSoftmax, tokenizer);

            JsonElement expected = window.GetProperty("expected");
            Assert.Equal(expected.GetProperty("lastSpeech").GetDouble(), lastSpeech);
            foreach ((SegmentDraft segment, JsonElement reference) in segments.Zip(expected.GetProperty("segments").EnumerateArray()))
            {
                Assert.Equal(reference.GetProperty("start").GetDouble(), segment.Start);
                Assert.Equal(reference.GetProperty("end").GetDouble(), segment.End);
                Assert.Equal(reference.GetProperty("words").EnumerateArray().Select(Word), segment.Words!, Same);
            }
        }
    }

    [Fact]
    public void Add_OfSegmentsWithoutText_GivesNoWordsAndLooksAtNoScores()
    {
        SegmentDraft segment = new() { Seek = 0, Start = 1, End = 2, Text = "", Tokens = [50364, 50464] };
        Assert.Equal(7.5, WordTimestamps.Add([segment], default, [], SharedModels.Base, "en", SotLength, 3000, Prepended, Appended, 7.5));
        Assert.Empty(segment.Words!);
        Assert.Equal((1.0, 2.0), (segment.Start, segment.End));
        Assert.Equal(7.5, WordTimestamps.Add([], default, [], SharedModels.Base, "en", SotLength, 3000, Prepended, Appended, 7.5));
    }

    [Fact]
    public void Add_OfScoresOfAnotherText_IsACallersBug()
    {
        SegmentDraft segment = new() { Seek = 0, Start = 1, End = 2, Text = " so", Tokens = [370] };
        AlignmentScores scores = SyntheticAttention.Scores(1, 1, 9, 100, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => WordTimestamps.Add([segment], scores, [0.5f], SharedModels.Base, "en", SotLength, 200, Prepended, Appended, 0));
    }

    [Fact]
    public void FirstPositions_OfAColumnThatNothingLooksAt_StayFinite()
    {
        float[] values = new float[6 * 50];
        for (int token = 0; token < 6; token++)
        {
            values.AsSpan(token * 50, 50).Fill(-1000);
            values[(token * 50) + (token * 8)] = 1000;
        }

        int[] first = CrossAttentionAlignment.FirstPositions(new AlignmentScores(1, 6, 50, values, AfterSoftmax: false), 1, 100);
        Assert.Equal(4, first.Length);
        Assert.Equal(first.Order(), first);
    }

    [Fact]
    public void FirstPositions_OfAFullWindow_TakesNoLongerThanFiveTimesTenMilliseconds()
    {
        AlignmentScores scores = SyntheticAttention.Scores(1, 8, 204, 1500, 1500);
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 60; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = CrossAttentionAlignment.FirstPositions(scores, SotLength, 3000);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{best.TotalMilliseconds:F2} ms");
        Assert.True(best < TimeSpan.FromMilliseconds(50), $"{best.TotalMilliseconds:F1} ms");
    }

    [Fact]
    public void FirstPositions_InSteadyState_AllocatesOnlyItsResult()
    {
        AlignmentScores scores = SyntheticAttention.Scores(1, 2, 40, 200, 200);
        _ = CrossAttentionAlignment.FirstPositions(scores, SotLength, 400);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int[] first = CrossAttentionAlignment.FirstPositions(scores, SotLength, 400);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (first.Length * sizeof(int)) + 64);
    }

    private static double Add(List<SegmentDraft> segments, JsonElement window, bool afterSoftmax, WhisperTokenizer tokenizer)
    {
        int frames = window.GetProperty("contentFrames").GetInt32();
        uint seed = window.GetProperty("seed").GetUInt32();
        int text = WordTimestamps.TextTokens(segments, tokenizer).Length;
        AlignmentScores scores = SyntheticAttention.Scores(
            seed, window.GetProperty("heads").GetInt32(), SotLength + text + 2, window.GetProperty("positions").GetInt32(), frames / 2);
        SyntheticAttention random = new(seed + 999);
        float[] probabilities = [.. Enumerable.Range(0, text).Select(_ => random.Next())];
        return WordTimestamps.Add(
            segments,
            afterSoftmax ? SyntheticAttention.AfterSoftmax(scores) : scores,
            probabilities,
            tokenizer,
            window.GetProperty("language").GetString()!,
            SotLength,
            frames,
            Prepended,
            Appended,
            window.GetProperty("lastSpeech").GetDouble());
    }

    private static SegmentDraft Segment(JsonElement segment) => new()
    {
        Seek = segment.GetProperty("seek").GetInt64(),
        Start = segment.GetProperty("start").GetDouble(),
        End = segment.GetProperty("end").GetDouble(),
        Text = "",
        Tokens = [.. segment.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())],
    };

    private static TranscriptWord Word(JsonElement word) =>
        new(word[0].GetString()!, word[1].GetDouble(), word[2].GetDouble(), word[3].GetDouble());

    private static bool Same(TranscriptWord expected, TranscriptWord actual) =>
        expected.Word == actual.Word && expected.Start == actual.Start && expected.End == actual.End
            && Math.Abs(expected.Probability - actual.Probability) < 1e-9;
}
