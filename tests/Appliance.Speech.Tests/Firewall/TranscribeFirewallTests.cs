using System.Text.Json;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Tests.Recognition;
using Appliance.Speech.Transcripts;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Firewall;

/// <summary>The firewall on files, with the real models.</summary>
public sealed class TranscribeFirewallTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Transcribe_Speech_LosesNothing(int batch)
    {
        TranscriptionOptions options = new() { Batch = batch };
        Transcript plain = embedded.Transcriber.Transcribe(EmbeddedModel.Clip, options, null, CancellationToken.None);
        Transcript guarded = embedded.Transcriber.Transcribe(EmbeddedModel.Clip, options with { Firewall = true }, null, CancellationToken.None);
        Assert.Equal(plain.Text, guarded.Text);
        Assert.Empty(guarded.Dropped);
    }

    [Fact]
    public void Transcribe_LongDigitalSilence_SaysNothingAndTellsWhatWasHeldBack()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("silence.wav", Capture.WavFile.Mono16(new short[65 * 16000]));
        AudioInput input = new(file, new AudioFileOptions());
        Transcript plain = embedded.Transcriber.Transcribe(input, new TranscriptionOptions(), null, CancellationToken.None);
        Transcript guarded = embedded.Transcriber.Transcribe(input, new TranscriptionOptions { Firewall = true }, null, CancellationToken.None);

        // what the model invents without it shows that there is something to hold back
        Assert.NotEmpty(plain.Text.Trim());
        Assert.Empty(guarded.Text.Trim());
        Assert.All(guarded.Dropped, dropped => Assert.Equal("no_voice", dropped.Reason));
        Assert.NotEmpty(guarded.Dropped);
    }

    [Fact]
    public void Transcribe_WithoutDetector_SaysWhatIsMissing() => Assert.Equal(
        TranscriptionError.NoVoiceActivity,
        Assert.Throws<TranscriptionException>(() => new Transcriber(embedded.Model, null).Transcribe(
            EmbeddedModel.Clip, new TranscriptionOptions { Firewall = true }, null, CancellationToken.None)).Code);

    [Fact]
    public void Transcribe_NonSpeechOfTheCorpus_GivesNoWords()
    {
        string corpus = SharedFolder.Require("corpus");
        List<string> said = [];
        foreach (JsonElement clip in File.ReadLines(Path.Combine(corpus, "manifest.jsonl")).Select(line => JsonDocument.Parse(line).RootElement))
        {
            if (clip.GetProperty("category").GetString() == "non-speech")
            {
                AudioInput input = new(Path.Combine(corpus, clip.GetProperty("file").GetString()!), new AudioFileOptions());
                said.Add(embedded.Transcriber.Transcribe(input, new TranscriptionOptions { Firewall = true }, null, CancellationToken.None).Text.Trim());
            }
        }

        Assert.NotEmpty(said);
        Assert.All(said, Assert.Empty);
    }
}
