namespace Appliance.Speech.Capture;

/// <summary>Why a file can't be used as audio.</summary>
public enum AudioInputError
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The file is there, but the system does not let it be read, or reading it failed.</summary>
    NotReadable,

    /// <summary>The path names a directory.</summary>
    IsDirectory,

    /// <summary>No audio, empty, damaged beyond use, or audio of a kind that is not supported.</summary>
    Unsupported,

    /// <summary>The file does not have the channel that was asked for.</summary>
    NoSuchChannel,

    /// <summary>The file was changed while it was read.</summary>
    Changed,
}
