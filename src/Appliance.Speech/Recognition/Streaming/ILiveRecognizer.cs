namespace Appliance.Speech.Recognition.Streaming;

/// <summary>
/// Recognises live segments, one after the other: <see cref="Begin"/>, any number of <see cref="Update"/>, one <see cref="Finish"/>.
/// One thread. A cancelled call leaves the segment as it was before the call.
/// </summary>
internal interface ILiveRecognizer : IDisposable
{
    /// <summary>The streaming policy in use: <c>align-att</c> or <c>local-agreement</c>.</summary>
    string Policy { get; }

    /// <summary>Starts a segment.</summary>
    /// <param name="continues">True when it goes on from the segment before (which was cut for its length), so that its text is the prompt.</param>
    /// <param name="committed">Text that another recogniser has committed for this segment already; empty as a rule.</param>
    /// <param name="language">Language in which it was committed; null when nothing was.</param>
    void Begin(bool continues, string committed = "", string? language = null);

    /// <summary>Decodes the segment as far as it has been heard.</summary>
    /// <param name="audio">The segment so far.</param>
    /// <param name="mayCommit">False near the longest segment's end: what is committed must lie before the place where it may be cut.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Hypothesis Update(SegmentAudio audio, bool mayCommit, CancellationToken cancellationToken);

    /// <summary>Decodes the whole segment, with the committed text as forced prefix, and judges it.</summary>
    /// <param name="audio">The whole segment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    SegmentText Finish(SegmentAudio audio, CancellationToken cancellationToken);
}
