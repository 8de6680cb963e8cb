namespace Appliance.Speech.Capture;

/// <summary>A kind of live audio, chosen by name (<c>alsa</c>, <c>file</c>, <c>stdin</c>, <c>auto</c>).</summary>
public interface ICaptureSource
{
    /// <summary>Name in the configuration.</summary>
    string Name { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="CaptureException">It can't be used; the message says what to do.</exception>
    ILiveAudio Open(CaptureOptions options);
}
