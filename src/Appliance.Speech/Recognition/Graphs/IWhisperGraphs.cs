namespace Appliance.Speech.Recognition.Graphs;

/// <summary>
/// The ONNX graphs of one Whisper model behind one shape of calls, whatever the layout of the folder. Holds the encoded audio
/// and one self cache. Not thread-safe: one worker owns it. All buffers are created once a shape and reused, so that
/// <see cref="Step"/> allocates nothing in steady state.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Encode"/>, then any number of runs, each of them <see cref="Prompt"/>, optionally
/// <see cref="Expand"/>, then <see cref="Step"/> with <see cref="Reorder"/> between steps; or one <see cref="Align"/>.
/// Cancellation ends a running ONNX Runtime call and throws <see cref="OperationCanceledException"/>.
/// </remarks>
internal interface IWhisperGraphs : IDisposable
{
    /// <summary>Sizes of the model.</summary>
    WhisperDimensions Dimensions { get; }

    /// <summary>True when the encoder takes fewer than 3000 frames.</summary>
    bool HasFreeAudioContext { get; }

    /// <summary>True when <see cref="Align"/> can be called.</summary>
    bool HasAlignment { get; }

    /// <summary>True when <see cref="Keep"/> can be called.</summary>
    bool CanDropWindows { get; }

    /// <summary>Time spent inside ONNX Runtime, and the calls that were made.</summary>
    GraphCalls Calls { get; }

    /// <summary>
    /// Another one over the same weights, with buffers of its own: what one has encoded does not disturb the other. It must be disposed of
    /// first; the two are used one at a time.
    /// </summary>
    IWhisperGraphs Share();

    /// <summary>Encodes windows; replaces what was encoded before.</summary>
    /// <param name="logMel">Shape [windows, n_mels, frames], float32, row-major; read before the call returns.</param>
    /// <param name="windows">Windows.</param>
    /// <param name="frames">Mel frames a window, even; 3000 unless <see cref="HasFreeAudioContext"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    void Encode(ReadOnlySpan<float> logMel, int windows, int frames, CancellationToken cancellationToken);

    /// <summary>Restricts the runs that follow to one of the encoded windows; a negative number means all, as after <see cref="Encode"/>.</summary>
    void Select(int window);

    /// <summary>Starts a run from an empty cache: the same number of tokens for each selected window.</summary>
    /// <param name="tokens">Shape [windows, length].</param>
    /// <param name="length">Tokens a window.</param>
    /// <param name="logitRows">Which of the <paramref name="length"/> rows get logits, ascending.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    void Prompt(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken);

    /// <summary>Repeats the cache of each window, so that each step takes <paramref name="rowsPerWindow"/> rows a window, side by side.</summary>
    void Expand(int rowsPerWindow);

    /// <summary>Feeds one token a row.</summary>
    /// <param name="tokens">Shape [rows].</param>
    /// <param name="cancellationToken">Ends the call.</param>
    void Step(ReadOnlySpan<int> tokens, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on with some of the windows, at one row each: those that have ended would be computed as ballast. What was encoded is
    /// no longer as it was; the next call but steps is <see cref="Encode"/>.
    /// </summary>
    /// <param name="windows">Windows of the run that stay, ascending; they are numbered anew from 0.</param>
    void Keep(ReadOnlySpan<int> windows);

    /// <summary>Row i of the cache becomes what row <paramref name="parents"/>[i] was.</summary>
    void Reorder(ReadOnlySpan<int> parents);

    /// <summary>
    /// Logits of the last <see cref="Prompt"/>, <see cref="Step"/> or <see cref="Align"/>; writable, so that filters work in place;
    /// valid until the next call.
    /// </summary>
    /// <param name="row">Row of tokens.</param>
    /// <param name="logitRow">Index into the rows that were asked for; 0 after a step; the token's index after <see cref="Align"/>.</param>
    Span<float> Logits(int row, int logitRow);

    /// <summary>Feeds a whole text to the selected window (the first of several) from an empty cache; logits of all rows, and the alignment heads' scores.</summary>
    AlignmentScores Align(ReadOnlySpan<int> tokens, CancellationToken cancellationToken);
}
