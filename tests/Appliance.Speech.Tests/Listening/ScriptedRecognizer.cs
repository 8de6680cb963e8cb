using Appliance.Speech.Recognition.Streaming;

namespace Appliance.Speech.Tests.Listening;

/// <summary>A recogniser whose text is the length of what it was given, in tenths of seconds; a test can make it wait or fail.</summary>
internal sealed class ScriptedRecognizer(string name = "own") : ILiveRecognizer
{
    public List<string> Calls { get; } = [];

    /// <summary>Called in each update, before it answers.</summary>
    public Action<SegmentAudio, CancellationToken>? OnUpdate { get; set; }

    /// <summary>Called in each finish, before it answers.</summary>
    public Action<SegmentAudio>? OnFinish { get; set; }

    /// <summary>What finish answers; null: the usual.</summary>
    public Func<SegmentAudio, SegmentText>? Answer { get; set; }

    public string Policy => name;

    public void Begin(bool continues, string committed = "", string? language = null) =>
        Calls.Add($"begin{(continues ? " continued" : "")}{(committed.Length > 0 ? $" '{committed}' {language}" : "")}");

    public Hypothesis Update(SegmentAudio audio, bool mayCommit, CancellationToken cancellationToken)
    {
        OnUpdate?.Invoke(audio, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add($"update {Tenths(audio)}{(mayCommit ? "" : " held")}");
        return new Hypothesis("heard", $" {Tenths(audio)}", "en");
    }

    public SegmentText Finish(SegmentAudio audio, CancellationToken cancellationToken)
    {
        OnFinish?.Invoke(audio);
        Calls.Add($"finish {Tenths(audio)}");
        return Answer?.Invoke(audio) ?? new SegmentText($"heard {Tenths(audio)}", "en", audio.Start, audio.End, null, []);
    }

    public void Dispose()
    {
    }

    private static int Tenths(SegmentAudio audio) => (int)Math.Round(audio.Samples.Length / 1600.0);
}
