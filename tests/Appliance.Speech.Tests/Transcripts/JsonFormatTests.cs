using System.Text.Json;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Transcripts;

public class JsonFormatTests
{
    [Fact]
    public void Write_OfATranscript_HasTheKeysOfTheInterfaceInOrder()
    {
        Transcript transcript = TestTranscripts.Of(TestTranscripts.Segment(0, 1.5, " Hi", new TranscriptWord(" Hi", 0, 1.5, 0.5))) with
        {
            Dropped = [new DroppedText(3, 4.25, " thanks", "no_voice")],
            Warnings = ["not part of the document"],
        };
        Assert.Equal(
            """
            {"text":" Hi","segments":[{"id":0,"seek":0,"start":0,"end":1.5,"text":" Hi","tokens":[50364,50365],"temperature":0,"avg_logprob":-0.25,"compression_ratio":1.5,"no_speech_prob":0.01,"words":[{"word":" Hi","start":0,"end":1.5,"probability":0.5}]}],"language":"en","model":"whisper-base","duration":12.5,"timing":{"decode_audio":1,"log_mel":2,"vad":3,"encoder":4,"decoder":5,"total":16.5},"dropped":[{"start":3,"end":4.25,"text":" thanks","reason":"no_voice"}]}

            """,
            TestTranscripts.Write("json", transcript));
    }

    [Fact]
    public void Write_OfSeveralInputs_NamesTheFile()
    {
        string text = TestTranscripts.Write("json", TestTranscripts.Of(), new TranscriptFormatOptions { File = "a/b.flac" });
        Assert.StartsWith("""{"file":"a/b.flac","text":"",""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"file\"", TestTranscripts.Write("json", TestTranscripts.Of()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutWords_LeavesThemOutAndKeepsAnEmptyList()
    {
        TranscriptSegment without = TestTranscripts.Segment(0, 1, " a");
        Assert.DoesNotContain("words", TestTranscripts.Write("json", TestTranscripts.Of(without)), StringComparison.Ordinal);
        Assert.Contains("\"words\":[]", TestTranscripts.Write("json", TestTranscripts.Of(without with { Words = [] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfAnyText_IsOneLineThatReadsBack()
    {
        const string text = " Größe 日本 🙂 𠮷 \u00a0<a>&'+ \"\\ \n\r\t\u0000\u001f\u007f\u0085\u2028\u2029 end";
        string json = TestTranscripts.Write("json", TestTranscripts.Of(TestTranscripts.Segment(0, 1, text)));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(text, document.RootElement.GetProperty("text").GetString());
        Assert.Equal(json.Length - 1, json.AsSpan().IndexOfAny("\n\r\u0085\u2028\u2029"));
        Assert.Contains("Größe 日本 🙂 𠮷 \u00a0<a>&'+ \\\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfHalfASurrogatePair_GivesTheReplacementCharacter()
    {
        using JsonDocument document = JsonDocument.Parse(TestTranscripts.Write("json", TestTranscripts.Of(TestTranscripts.Segment(0, 1, "🙂a\ud83db🙂"))));
        Assert.Equal("🙂a\ufffdb🙂", document.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void Write_OfNumbersThatJsonLacks_GivesNull()
    {
        TranscriptSegment segment = TestTranscripts.Segment(0, 1, " a") with { AverageLogProbability = double.NegativeInfinity, CompressionRatio = double.NaN };
        string json = TestTranscripts.Write("json", TestTranscripts.Of(segment));
        Assert.Contains("\"avg_logprob\":null,\"compression_ratio\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Indented_IsTheSameDocument()
    {
        Transcript transcript = TestTranscripts.Of(TestTranscripts.Segment(0, 1, " a"));
        string indented = TestTranscripts.Write("json", transcript, new TranscriptFormatOptions { Indented = true });
        Assert.StartsWith("{\n  \"text\": \" a\",\n", indented, StringComparison.Ordinal);
        using JsonDocument first = JsonDocument.Parse(indented);
        using JsonDocument second = JsonDocument.Parse(TestTranscripts.Write("json", transcript));
        Assert.True(JsonElement.DeepEquals(first.RootElement, second.RootElement));
    }
}
