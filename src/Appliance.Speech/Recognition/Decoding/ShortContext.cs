namespace Appliance.Speech.Recognition.Decoding;

/// <summary>When and how far a window's context is shortened.</summary>
internal static class ShortContext
{
    /// <summary>The window as the audio context asks for it.</summary>
    public static WindowKey Key(AudioContext context, bool mayShorten, long seek, int content)
    {
        if (!mayShorten || content >= WindowKey.FullFrames)
        {
            return WindowKey.Full(seek, content);
        }

        if (context.Seconds is double seconds)
        {
            return WindowKey.Fixed(seek, content, seconds);
        }

        return context.IsAuto ? WindowKey.Short(seek, content) : WindowKey.Full(seek, content);
    }

    /// <summary>Whether the window is padded with silence, so that its content's end is known to the decoder.</summary>
    public static bool IsShort(WindowKey window) => window.Padding == Features.MelPadding.SilenceLevel;
}
