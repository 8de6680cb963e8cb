namespace Appliance.Imaging;

/// <summary>A picture can't be made. The message is "what is wrong: what to do".</summary>
public sealed class ImagingException(ImagingError code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of fault, for exit codes and error replies.</summary>
    public ImagingError Code { get; } = code;
}
