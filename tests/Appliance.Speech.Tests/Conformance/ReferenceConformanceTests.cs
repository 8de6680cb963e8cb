using System.Globalization;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Features;
using Appliance.Speech.Recognition;
using Appliance.Speech.Tests.Recognition;
using Appliance.Speech.Transcripts;
using Appliance.Testing;
using Appliance.Testing.Reference;

namespace Appliance.Speech.Tests.Conformance;

/// <summary>
/// Against the original algorithm on the same graphs (shared/golden/speech; speech.md §3b).
/// <para>
/// The int8 graphs are chaotic in the last bit: the log-mel disturbed by 1e-6 already changes average log-probabilities by 0.005 and
/// one near-tie in a few hundred tokens, after which a whole window differs. So the rules are checked where chaos has no hold:
/// the reference's own tokens are fed, and at every one of them our choice is the same token or one that leads by a near-tie.
/// How many free runs come out identical is printed beside how many do when ours is compared with ours on a log-mel that is
/// disturbed that little: the two figures tell whether anything but rounding is left.
/// </para>
/// </summary>
public sealed class ReferenceConformanceTests(EmbeddedModel engine, ITestOutputHelper output) : IClassFixture<EmbeddedModel>
{
    /// <summary>Lead of a choice that rounding explains, in logits; the issue speaks of 0.2, the rest is for other processors.</summary>
    private const float NearTie = 0.3f;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") == "1";

    [Fact]
    public void Steps_OfTheGreedyReference_AreOurChoices()
    {
        (int steps, int same, int words, int wordsInTime) = (0, 0, 0, 0);
        float largest = 0;
        List<string> faults = [];
        ForEachClip("reference-greedy.jsonl", (reference, recording) =>
        {
            // the short form leaves out most of the long clips' minutes, not their kinds of windows
            if (!IsFull && recording.DurationSeconds is > 13 and < 65)
            {
                return;
            }

            TeacherForcing forcing = new(engine.Model, recording.Mel, reference.Language);
            double lastSpeech = 0;
            foreach (ReferenceWindow window in ReferenceWindow.Of(reference).Where(window => window.Segments.All(segment => segment.Tokens.Count > 0)).Take(IsFull ? int.MaxValue : 2))
            {
                float[] leads = forcing.Leads(window, out _);
                steps += leads.Length;
                same += leads.Count(lead => lead == 0);
                largest = Math.Max(largest, leads.Max());
                faults.AddRange(leads.Index().Where(lead => !(lead.Item <= NearTie)).Select(lead => string.Create(
                    CultureInfo.InvariantCulture, $"{reference.Id} seek {window.Seek} step {lead.Index}: the reference's token is {lead.Item:0.000} behind ours")));
                (int all, int near) = CompareWords(forcing.Words(window, lastSpeech), window.Segments);
                words += all;
                wordsInTime += near;
                lastSpeech = window.Segments[^1].End;
            }
        });

        output.WriteLine(FormattableString.Invariant(
            $"{same} of {steps} steps take the reference's token; the largest lead of another is {largest:0.000}; {wordsInTime} of {words} words and their segments within 0.02 s"));
        faults.ForEach(output.WriteLine);
        Assert.Empty(faults);
        Assert.True(same >= 0.99 * steps, $"{same} of {steps} steps");
        Assert.True(wordsInTime >= 0.98 * words, $"{wordsInTime} of {words} words within 0.02 s");
    }

    [Theory]
    [InlineData("reference-greedy.jsonl", 1)]
    [InlineData("reference-beam5.jsonl", 5)]
    public void Transcripts_OfShortClips_AreAsLikeTheReferenceAsRoundingAllows(string file, int beamSize)
    {
        TranscriptionOptions options = new() { BeamSize = beamSize, AudioContext = AudioContext.Full, LoopGuard = false };
        (int clips, int equal, int equalToSelf, int languages) = (0, 0, 0, 0);
        List<string> faults = [];
        ForEachClip(file, (reference, recording) =>
        {
            if (recording.DurationSeconds > (IsFull ? 30 : 5) || reference.Segments.Count == 0)
            {
                return;
            }

            int[] expected = Tokens(reference.Segments.Select(segment => segment.Tokens));
            (int[] ours, double score, string language) = Run(recording.Mel, options);
            (int[] disturbed, _, _) = Run(new DisturbedMel(recording.Mel), options);
            clips++;
            equal += ours.SequenceEqual(expected) ? 1 : 0;
            equalToSelf += ours.SequenceEqual(disturbed) ? 1 : 0;
            languages += language == reference.Language ? 1 : 0;
            if (!ours.SequenceEqual(expected) && language == reference.Language && beamSize > 1)
            {
                // another beam won: it must be no worse than the reference's by our own logits
                ReferenceWindow window = ReferenceWindow.Of(reference)[0];
                window = window with { Tokens = [.. window.Tokens, engine.Model.Tokenizer.EndOfText] };
                new TeacherForcing(engine.Model, recording.Mel, language).Leads(window, out double theirs);
                double lead = score - (theirs / (expected.Length + 1));
                output.WriteLine(FormattableString.Invariant($"{reference.Id}: ours is more probable by {lead:0.0000} a token"));
                if (lead < -0.05)
                {
                    faults.Add(reference.Id);
                }
            }
        });

        output.WriteLine($"{file}: {equal} of {clips} clips have the reference's tokens, {equalToSelf} have ours with the log-mel disturbed by 1e-6; {languages} its language");
        Assert.Empty(faults);
        Assert.True(languages >= 0.98 * clips, $"{languages} of {clips} languages");
        Assert.True(equal >= equalToSelf - (0.15 * clips), $"{equal} of {clips} equal to the reference, {equalToSelf} to ourselves");
    }

    private (int[] Tokens, double Score, string Language) Run(IMelSource mel, TranscriptionOptions options)
    {
        TranscriptBuilder builder = new(engine.Model.Tokenizer, 30, null);
        Appliance.Speech.Recognition.Decoding.WindowEncoder encoder = new(engine.Model.Graphs, mel);
        string language = engine.Transcriber.Run(mel, null, null, options, encoder, builder, TestContext.Current.CancellationToken);
        Transcript transcript = builder.Build("", language, [], new TranscriptTiming());
        return (Tokens(transcript.Segments.Select(segment => segment.Tokens)), transcript.Segments.Count > 0 ? transcript.Segments[0].AverageLogProbability : 0, language);
    }

    private void ForEachClip(string file, Action<ReferenceTranscript, Recording> action)
    {
        IReadOnlyList<ReferenceTranscript> references = ReferenceTranscript.Read(SharedFolder.Require("golden", "speech", file));
        using CorpusAudio corpus = new(SharedFolder.Require("corpus"));
        foreach (ReferenceTranscript reference in references.Where(reference => reference.IsDeterministic))
        {
            if (corpus.Open(reference.Id) is not string path)
            {
                output.WriteLine($"{reference.Id}: left out, it is not 16 kHz FLAC and ffmpeg is not there");
                continue;
            }

            using Recording recording = Recording.Analyze(new AudioInput(path, new AudioFileOptions()), engine.Model.MelCount, null, TestContext.Current.CancellationToken);
            action(reference, recording);
        }
    }

    private static int[] Tokens(IEnumerable<IReadOnlyList<int>> segments) => [.. segments.SelectMany(tokens => tokens)];

    private static (int All, int Near) CompareWords(List<SegmentDraft> ours, IReadOnlyList<ReferenceSegment> theirs)
    {
        TranscriptWord[] mine = [.. ours.SelectMany(segment => segment.Words!)];
        ReferenceWord[] expected = [.. theirs.SelectMany(segment => segment.Words)];
        int near = mine.Zip(expected).Count(pair => pair.First.Word == pair.Second.Word
            && Math.Abs(pair.First.Start - pair.Second.Start) <= 0.0201 && Math.Abs(pair.First.End - pair.Second.End) <= 0.0201);
        return (Math.Max(mine.Length, expected.Length), near);
    }

    /// <summary>The same recording, each value of its log-mel moved by at most 1e-6.</summary>
    private sealed class DisturbedMel(IMelSource mel) : IMelSource
    {
        public int MelCount => mel.MelCount;

        public long ContentFrames => mel.ContentFrames;

        public float SilenceLevel => mel.SilenceLevel;

        public void CopyWindow(long seek, int contentFrames, int frames, MelPadding padding, Span<float> window)
        {
            mel.CopyWindow(seek, contentFrames, frames, padding, window);
            Random random = new(1);
            for (int i = 0; i < window.Length; i++)
            {
                window[i] += (float)((random.NextDouble() - 0.5) * 2e-6);
            }
        }
    }
}
