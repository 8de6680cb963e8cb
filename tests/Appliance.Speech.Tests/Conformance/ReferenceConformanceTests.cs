using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Features;
using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;
using Appliance.Testing;
using Appliance.Testing.Reference;

namespace Appliance.Speech.Tests.Conformance;

/// <summary>
/// The original algorithm on the same graphs gave the references of shared/golden/speech; ours is to give the same (speech.md §3b).
/// Each clip that differs is listed with its first differing step: a near-tie of the two logits there is rounding, anything else a bug.
/// </summary>
[Trait("Category", "Long")]
public sealed class ReferenceConformanceTests(ITestOutputHelper output)
{
    private const double NearTie = 0.2;

    [Fact]
    public void Transcribe_Greedy_EqualsTheReference() => Compare("reference-greedy.jsonl", beamSize: 1, leastEqual: 0.95);

    [Fact]
    public void Transcribe_Beam5_EqualsTheReference() => Compare("reference-beam5.jsonl", beamSize: 5, leastEqual: 0.90);

    private void Compare(string file, int beamSize, double leastEqual)
    {
        IReadOnlyList<ReferenceTranscript> references = ReferenceTranscript.Read(SharedFolder.Require("golden", "speech", file));
        TranscriptionOptions options = new() { BeamSize = beamSize, AudioContext = AudioContext.Full, LoopGuard = false, WordTimestamps = true };
        using SessionFactory sessions = new(new SessionSettings());
        ModelCatalog catalog = new([Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models")]);
        using WhisperModel model = WhisperModel.Load(catalog.Find("whisper-base", "whisper"), sessions);
        using CorpusAudio corpus = new(SharedFolder.Require("corpus"));
        Transcriber transcriber = new(model, null);
        (int clips, int equal, int words, int wordsInTime) = (0, 0, 0, 0);
        List<string> faults = [];
        foreach (ReferenceTranscript reference in references.Where(reference => reference.IsDeterministic))
        {
            if (corpus.Open(reference.Id) is not string path)
            {
                output.WriteLine($"{reference.Id}: left out, it needs ffmpeg");
                continue;
            }

            AudioInput input = new(path, new AudioFileOptions());
            Transcript ours = transcriber.Transcribe(input, options, null, TestContext.Current.CancellationToken);
            clips++;
            if (IsEqual(ours, reference))
            {
                equal++;
                (int all, int near) = CompareWords(ours, reference);
                words += all;
                wordsInTime += near;
                continue;
            }

            using Recording recording = Recording.Analyze(input, model.MelCount, null, TestContext.Current.CancellationToken);
            FirstDifference difference = FirstDifference.Find(ours, reference, model, recording);
            output.WriteLine($"{reference.Id}: {difference.Description}; ours [{ours.Language}]{ours.Text} | reference [{reference.Language}]{reference.Text}");

            // of two beams the better sum wins, which one step's logits don't show; language, times and missing windows are never rounding
            if (beamSize == 1 && !(Math.Abs(difference.Gap) <= NearTie))
            {
                faults.Add($"{reference.Id}: {difference.Description}");
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{file}: {equal} of {clips} clips equal; {wordsInTime} of {words} words within 0.02 s"));
        Assert.True(equal >= leastEqual * clips, $"{equal} of {clips} clips equal");
        Assert.True(wordsInTime >= 0.98 * words, $"{wordsInTime} of {words} words within 0.02 s");
        Assert.Empty(faults);
    }

    private static bool IsEqual(Transcript ours, ReferenceTranscript reference) =>
        ours.Language == reference.Language
        && ours.Segments.Count == reference.Segments.Count
        && ours.Segments.Zip(reference.Segments).All(pair => pair.First.Tokens.SequenceEqual(pair.Second.Tokens)
            && pair.First.Seek == pair.Second.Seek
            && Math.Abs(pair.First.Start - pair.Second.Start) < 0.021
            && Math.Abs(pair.First.End - pair.Second.End) < 0.021);

    private static (int All, int Near) CompareWords(Transcript ours, ReferenceTranscript reference)
    {
        TranscriptWord[] mine = [.. ours.Segments.SelectMany(segment => segment.Words!)];
        ReferenceWord[] theirs = [.. reference.Segments.SelectMany(segment => segment.Words)];
        int near = mine.Zip(theirs).Count(pair => pair.First.Word == pair.Second.Word
            && Math.Abs(pair.First.Start - pair.Second.Start) <= 0.0201 && Math.Abs(pair.First.End - pair.Second.End) <= 0.0201);
        return (Math.Max(mine.Length, theirs.Length), near);
    }
}
