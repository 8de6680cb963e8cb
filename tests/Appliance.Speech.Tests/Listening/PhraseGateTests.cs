using Appliance.Speech.Capture;
using Appliance.Speech.Listening;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Listening;

public sealed class PhraseGateTests
{
    private readonly List<ListenEvent> _passed = [];

    [Theory]
    [InlineData("Hello, kitchen! Turn on the light.", "Turn on the light.")]
    [InlineData("Well, hello kitchen, turn on the light.", "turn on the light.")]
    [InlineData("HELLO KITCHEN turn on", "turn on")]
    public void Pass_FinalWithThePhrase_GivesWhatFollows(string said, string passed)
    {
        Gate("hello kitchen").Pass(Final(0, 0, said));
        Assert.Equal(passed, Assert.IsType<FinalEvent>(Assert.Single(_passed)).Text);
    }

    [Theory]
    [InlineData("Turn on the light.")]
    [InlineData("Hello kitchens turn on")]
    [InlineData("othello kitchen turn on")]
    public void Pass_FinalWithoutIt_GivesNothing(string said)
    {
        Gate("hello kitchen").Pass(Final(0, 0, said));
        Assert.Empty(_passed);
    }

    [Fact]
    public void Pass_ChinesePhrase_NeedsNoSpaces()
    {
        Gate("你好厨房").Pass(Final(0, 0, "你好厨房，开灯"));
        Assert.Equal("开灯", Assert.IsType<FinalEvent>(Assert.Single(_passed)).Text);
    }

    [Fact]
    public void Pass_PhraseAlone_OpensForTheNextSegmentAlone()
    {
        PhraseGate gate = Gate("computer");
        gate.Pass(Final(0, 0, "Computer."));
        gate.Pass(Partial(1, 4, "Turn", " on"));
        gate.Pass(Final(1, 4, "Turn on."));
        gate.Pass(Final(2, 6, "Nobody's business."));
        Assert.Equal(["", "Turn on."], _passed.OfType<FinalEvent>().Select(final => final.Text));
        Assert.Equal("Turn", Assert.Single(_passed.OfType<PartialEvent>()).Committed);
    }

    [Fact]
    public void Pass_PhraseAloneAndALongPause_IsClosedAgain()
    {
        PhraseGate gate = Gate("computer");
        gate.Pass(Final(0, 0, "Computer."));
        gate.Pass(Final(1, 30, "Turn on."));
        Assert.Single(_passed);
    }

    [Fact]
    public void Pass_Partials_CommitOnlyWhatFollowsAndNeverTakeItBack()
    {
        PhraseGate gate = Gate("computer");
        gate.Pass(Partial(0, 0, "", "Comp"));
        gate.Pass(Partial(0, 0, "", "Computer, turn"));
        gate.Pass(Partial(0, 0, "Computer", ", turn on"));
        gate.Pass(Partial(0, 0, "Computer, turn on", " the light"));
        gate.Pass(Partial(0, 0, "Computer, turn on the", " light"));
        Assert.Equal(
            [("", "turn"), ("", "turn on"), ("turn on", " the light"), ("turn on the", " light")],
            _passed.OfType<PartialEvent>().Select(partial => (partial.Committed, partial.Tentative)));
    }

    [Fact]
    public void Pass_Words_AreThoseOfWhatPasses()
    {
        TranscriptWord[] words = [new(" Computer,", 0, 1, 1), new(" turn", 1, 2, 1), new(" on.", 2, 3, 1)];
        Gate("computer").Pass(Final(0, 0, "Computer, turn on.") with { Words = words });
        Assert.Equal([" turn", " on."], Assert.IsType<FinalEvent>(Assert.Single(_passed)).Words!.Select(word => word.Word));
    }

    [Fact]
    public void Pass_DroppedText_StaysSecret_AndTheRestIsTold()
    {
        PhraseGate gate = Gate("computer");
        gate.Pass(new DroppedEvent("file", 0, 0, 1, "secret", "no_voice"));
        gate.Pass(new GapEvent("file", 0, 1, GapReason.Xrun));
        gate.Pass(new StateEvent("file", ListenState.Muted, null));
        Assert.Equal([typeof(GapEvent), typeof(StateEvent)], _passed.Select(told => told.GetType()));
    }

    private PhraseGate Gate(params string[] phrases) => new(phrases, _passed.Add);

    private static FinalEvent Final(int segment, double start, string text) => new("file", segment, start, start + 1, text, "en", null, false, null);

    private static PartialEvent Partial(int segment, double start, string committed, string tentative) =>
        new("file", segment, 1, start, start + 1, committed, tentative);
}
