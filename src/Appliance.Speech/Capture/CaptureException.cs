namespace Appliance.Speech.Capture;

/// <summary>A source of live audio can't be used; the message says what is wrong and what to do.</summary>
public sealed class CaptureException(CaptureError error, string? device, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public CaptureError Error { get; } = error;

    /// <summary>The device or file.</summary>
    public string? Device { get; } = device;
}
