namespace Appliance.Speech.Features;

/// <summary>
/// The log-mel of one recording, read a window at a time. Values are normalised with the maximum over the whole
/// recording and 30 s of silence after it: <c>(max(log10 power, maximum - 8) + 4) / 4</c> (openai/whisper audio.py).
/// </summary>
public interface IMelSource
{
    /// <summary>Mel bins a frame, 80 or 128.</summary>
    int MelCount { get; }

    /// <summary>Whole mel frames (10 ms) of the recording, padding not counted.</summary>
    long ContentFrames { get; }

    /// <summary>The normalised value that silence has in this recording.</summary>
    float SilenceLevel { get; }

    /// <summary>
    /// Writes one window. Frames from <paramref name="seek"/> to <paramref name="seek"/> + <paramref name="contentFrames"/> come
    /// from the recording; with <see cref="MelPadding.Zero"/> the rest is 0.0, with <see cref="MelPadding.Silence"/> it is what the
    /// recording followed by silence gives (the frames that still overlap the recording's end, then <see cref="SilenceLevel"/>),
    /// with <see cref="MelPadding.SilenceLevel"/> it is <see cref="SilenceLevel"/> throughout.
    /// </summary>
    /// <param name="seek">First mel frame. Seeks may go back by up to 60 s from the furthest frame read, or anywhere forward.</param>
    /// <param name="contentFrames">Frames taken from the recording.</param>
    /// <param name="frames">Frames of the window, at least <paramref name="contentFrames"/>.</param>
    /// <param name="padding">What stands after the content.</param>
    /// <param name="window">Destination, shape [n_mels, frames], float32, row-major.</param>
    void CopyWindow(long seek, int contentFrames, int frames, MelPadding padding, Span<float> window);
}
