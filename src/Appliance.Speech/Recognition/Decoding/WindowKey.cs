using Appliance.Speech.Features;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>A window as the encoder is given it.</summary>
/// <param name="Seek">First mel frame.</param>
/// <param name="Content">Mel frames of content.</param>
/// <param name="Frames">Mel frames with padding.</param>
/// <param name="Padding">What the padding is.</param>
internal readonly record struct WindowKey(long Seek, int Content, int Frames, MelPadding Padding)
{
    /// <summary>Mel frames of a full window (30 s).</summary>
    public const int FullFrames = 3000;

    /// <summary>Mel frames that stand after the content when the context is shortened.</summary>
    private const int Tail = 200;

    /// <summary>The reference algorithm's window: 30 s, filled up with 0.0.</summary>
    public static WindowKey Full(long seek, int content) => new(seek, content, FullFrames, content < FullFrames ? MelPadding.Zero : MelPadding.Silence);

    /// <summary>30 s of the recording followed by silence, for language detection.</summary>
    public static WindowKey Silent(long seek, int content) => new(seek, content, FullFrames, MelPadding.Silence);

    /// <summary>The content and 2 s, rounded up to 16 frames, filled up with the level of silence (design: speech.md, audio context).</summary>
    public static WindowKey Short(long seek, int content) => new(seek, content, Round(content + Tail), MelPadding.SilenceLevel);

    /// <summary>A fixed length, but never less than the content.</summary>
    public static WindowKey Fixed(long seek, int content, double seconds) => new(seek, content, Round(Math.Max(content, (int)(seconds * 100))), MelPadding.SilenceLevel);

    /// <summary>The same window with more padding, so that several have one length.</summary>
    public WindowKey Widen(int frames) => this with { Frames = frames };

    private static int Round(int frames) => Math.Min(FullFrames, (frames + 15) / 16 * 16);
}
