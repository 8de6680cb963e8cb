namespace Appliance.Speech.Capture;

/// <summary>A file that can't be used as audio. The message says what is wrong and what to do, without the path.</summary>
public sealed class AudioInputException : Exception
{
    /// <param name="code">What kind of fault.</param>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="message">What is wrong: what to do.</param>
    /// <param name="innerException">What it was found by.</param>
    public AudioInputException(AudioInputError code, string path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Path = path;
    }

    /// <summary>What kind of fault.</summary>
    public AudioInputError Code { get; }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }
}
