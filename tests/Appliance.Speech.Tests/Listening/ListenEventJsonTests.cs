using Appliance.Speech.Capture;
using Appliance.Speech.Listening;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Listening;

public sealed class ListenEventJsonTests
{
    [Fact]
    public void Of_EachEvent_HasTheKeysOfTheInterface()
    {
        Assert.Equal(
            """{"type":"partial","segment":3,"rev":2,"start":1.5,"end":2.123,"committed":"Grüße","tentative":" an \"alle\"","source":"alsa"}""",
            ListenEventJson.Of(new PartialEvent("alsa", 3, 2, 1.5, 2.1234, "Grüße", " an \"alle\"")));
        Assert.Equal(
            """{"type":"final","segment":3,"start":1.5,"end":2,"text":"Ja.","language":"de","latency_ms":412,"truncated":true,"source":"alsa"}""",
            ListenEventJson.Of(new FinalEvent("alsa", 3, 1.5, 2, "Ja.", "de", 411.7, true, null)));
        Assert.Equal(
            """{"type":"final","segment":0,"start":0,"end":1,"text":"Ja.","language":"de","latency_ms":null,"truncated":false,"words":[{"word":" Ja.","start":0.1,"end":0.5,"probability":0.877}],"source":"file"}""",
            ListenEventJson.Of(new FinalEvent("file", 0, 0, 1, "Ja.", "de", null, false, [new TranscriptWord(" Ja.", 0.1, 0.5, 0.8768)])));
        Assert.Equal(
            """{"type":"dropped","segment":1,"start":0,"end":1,"text":"you","reason":"known_phrase","source":"file"}""",
            ListenEventJson.Of(new DroppedEvent("file", 1, 0, 1, "you", "known_phrase")));
        Assert.Equal("""{"type":"gap","start":1,"end":2,"reason":"xrun","source":"alsa"}""", ListenEventJson.Of(new GapEvent("alsa", 1, 2, GapReason.Xrun)));
        Assert.Equal("""{"type":"state","state":"absent","device":null,"source":"alsa"}""", ListenEventJson.Of(new StateEvent("alsa", ListenState.Absent, null)));
        Assert.Equal("""{"type":"backlog","seconds":7.5,"measure":"no_partials","source":"alsa"}""", ListenEventJson.Of(new BacklogEvent("alsa", 7.5, "no_partials")));
    }

    [Fact]
    public void NameOf_EveryStateAndReason_HasAName()
    {
        Assert.Equal(["capturing", "muted", "absent", "ended"], Enum.GetValues<ListenState>().Select(ListenEventJson.NameOf));
        Assert.Equal(["xrun", "unplugged", "overload"], Enum.GetValues<GapReason>().Select(ListenEventJson.NameOf));
    }

    [Fact]
    public void Of_TextWithLineEnds_StaysOnOneLine() =>
        Assert.DoesNotContain('\n', ListenEventJson.Of(new DroppedEvent("file", 1, 0, 1, "a\nb\u2028c", "repetition")));
}
