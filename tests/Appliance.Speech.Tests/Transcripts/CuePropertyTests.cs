using System.Text;
using Appliance.Speech.Transcripts;
using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Speech.Tests.Transcripts;

/// <summary>What holds for the cues of any transcript, sane or not.</summary>
public class CuePropertyTests
{
    private static readonly string[] Vocabulary =
    [
        " the", " a", " Zürich", ",", ".", "?", " -", " ♪", "...", "。", "日", "本", "語", " 42", " I'm", " -->", " <b>", " &", "\n", " ", "", " e\u0301t\u00e9", " 🙂", "ไทย",
        " Donaudampfschifffahrtsgesellschaftskapitän",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Build_OfRandomTranscripts_KeepsTheCueRules(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 1500; round++)
        {
            Transcript transcript = RandomTranscript(random);
            SubtitleOptions options = RandomOptions(random);
            List<Cue> cues = CueBuilder.Build(transcript, options);
            Assert.All(cues, cue =>
            {
                string text = cue.Render(piece => piece);
                Assert.InRange(cue.End - cue.Start, 1, 10_000);
                Assert.Contains(text.EnumerateRunes(), Rune.IsLetterOrDigit);
                Assert.All(cue.Pieces.Zip(cue.Pieces.Skip(1)), pair => Assert.True(pair.Second.Start - pair.First.End <= 3000, "a pause within a cue"));
                Assert.DoesNotContain(text.Split('\n'), string.IsNullOrWhiteSpace);
                Assert.True(cue.Start >= 0);
            });
            AssertLayout(cues, options);
            AssertTextIsKept(transcript, cues, options);
        }
    }

    [Theory]
    [InlineData("srt")]
    [InlineData("vtt")]
    public void Write_OfRandomTranscripts_HasNoArrowOrBlankLineWithinACue(string format)
    {
        Random random = new(9);
        for (int round = 0; round < 500; round++)
        {
            string text = TestTranscripts.Write(format, RandomTranscript(random), new TranscriptFormatOptions { Subtitles = RandomOptions(random) });
            string[] blocks = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
            foreach (string[] lines in blocks.Skip(format == "vtt" ? 1 : 0).Select(block => block.Split('\n')))
            {
                int times = format == "srt" ? 1 : 0;
                Assert.Matches(@"^(\d\d:)?\d\d:\d\d[.,]\d{3} --> (\d\d:)?\d\d:\d\d[.,]\d{3}$", lines[times]);
                Assert.True(lines.Length > times + 1);
                Assert.DoesNotContain(lines[(times + 1)..], line => line.Contains("-->", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Build_OfOrderlyTranscripts_NeverOverlaps()
    {
        Random random = new(5);
        for (int round = 0; round < 500; round++)
        {
            List<TranscriptSegment> segments = [];
            double start = 0;
            for (int i = 0; i < 6; i++)
            {
                segments.Add(TestTranscripts.Spoken(start, 0.1 + random.NextDouble(), string.Join(' ', Enumerable.Repeat("word", random.Next(1, 40)))));
                start = segments[^1].End + random.Next(5);
            }

            List<Cue> cues = CueBuilder.Build(TestTranscripts.Of([.. segments]), RandomOptions(random));
            Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        }
    }

    private static void AssertLayout(List<Cue> cues, SubtitleOptions options)
    {
        foreach (Cue cue in cues)
        {
            string[] lines = cue.Render(piece => piece).Split('\n').Select(line => line.Replace("<u>", "", StringComparison.Ordinal).Replace("</u>", "", StringComparison.Ordinal)).ToArray();
            if (options.MaxLineWidth is int width)
            {
                // only a word that is wider by itself may stand out
                Assert.All(lines, line => Assert.True(line.EnumerateRunes().Count() <= width || cue.Pieces.Any(piece => piece.Text.Trim() == line)));
                Assert.True(options.MaxLineCount is not int count || lines.Length <= count);
            }
        }
    }

    private static void AssertTextIsKept(Transcript transcript, List<Cue> cues, SubtitleOptions options)
    {
        if (options.HighlightWords)
        {
            return;
        }

        string spoken = string.Concat(transcript.Segments.Select(segment => segment.Words is { Count: > 0 } words ? string.Concat(words.Select(word => word.Word)) : segment.Text));
        Assert.Equal(Letters(spoken), Letters(string.Concat(cues.Select(cue => cue.Render(piece => piece)))));

        static string Letters(string text) => string.Concat(text.EnumerateRunes().Where(Rune.IsLetterOrDigit));
    }

    private static SubtitleOptions RandomOptions(Random random) => new()
    {
        MaxLineWidth = random.Next(2) == 0 ? random.Next(1, 50) : null,
        MaxLineCount = random.Next(2) == 0 ? random.Next(1, 4) : null,
        MaxWordsPerLine = random.Next(3) == 0 ? random.Next(1, 8) : null,
        HighlightWords = random.Next(4) == 0,
    };

    private static Transcript RandomTranscript(Random random)
    {
        double now = random.Next(3) * random.NextDouble() * 2000;
        TranscriptSegment[] segments = new TranscriptSegment[random.Next(0, 5)];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = RandomSegment(random, ref now);
        }

        return TestTranscripts.OfLanguage(random.Next(3) == 0 ? "ja" : "en", segments);
    }

    private static TranscriptSegment RandomSegment(Random random, ref double now)
    {
        string[] words = random.GetItems(Vocabulary, random.Next(0, 40));
        bool isTimed = random.Next(2) == 0;
        double start = now;
        List<TranscriptWord> timed = [];
        foreach (string word in words)
        {
            double end = Math.Round(now + RandomDuration(random), 2);
            timed.Add(new TranscriptWord(word, now, end, 0.5));
            now = Math.Round(Math.Max(0, end + (random.Next(12) == 0 ? random.NextDouble() * 8 : random.Next(15) == 0 ? -0.3 : 0)), 2);
        }

        return TestTranscripts.Segment(start, now, string.Concat(words), isTimed ? [.. timed] : []);
    }

    private static double RandomDuration(Random random) => random.Next(10) switch
    {
        0 => 0,
        1 => -0.2,
        2 => random.NextDouble() * 15,
        _ => random.NextDouble() * 0.6,
    };
}
