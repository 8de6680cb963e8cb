namespace Appliance.Native;

/// <summary>Why a call into libappliance.so failed; mirrors <c>APL_STATUS_TABLE</c> in native/include/appliance.h. Negative: met before any call.</summary>
public enum NativeStatus
{
    /// <summary>The library has another ABI version than this program.</summary>
    LibraryMismatch = -2,

    /// <summary>The library is not there, or can't be loaded.</summary>
    LibraryMissing = -1,

    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>An argument is null or out of range.</summary>
    InvalidArgument = 1,

    /// <summary>A struct has a size that the library does not know.</summary>
    StructSize = 2,

    /// <summary>Out of memory.</summary>
    OutOfMemory = 3,

    /// <summary>The buffer is too small for the result.</summary>
    BufferTooSmall = 4,

    /// <summary>This processor does not have that SIMD level.</summary>
    SimdUnavailable = 5,

    /// <summary>The library met a state that should not occur.</summary>
    Internal = 6,

    /// <summary>No such file.</summary>
    FileNotFound = 10,

    /// <summary>The file may not be read.</summary>
    FileNotReadable = 11,

    /// <summary>The path is a directory.</summary>
    FileIsDirectory = 12,

    /// <summary>The file has 0 bytes.</summary>
    FileEmpty = 13,

    /// <summary>Not an audio format that libsndfile, libFLAC or libmpg123 reads.</summary>
    FormatUnknown = 14,

    /// <summary>The container is known, its encoding is not.</summary>
    EncodingUnsupported = 15,

    /// <summary>The audio header is damaged.</summary>
    FileDamaged = 16,

    /// <summary>No channel, or more than 64.</summary>
    ChannelCount = 17,

    /// <summary>A sample rate outside 1000 to 768000 Hz.</summary>
    SampleRate = 18,

    /// <summary>The file does not have the channel that was asked for.</summary>
    ChannelAbsent = 19,

    /// <summary>Reading the file failed.</summary>
    ReadFailed = 20,

    /// <summary>Only uncompressed WAV, FLAC and MP3 can be read from a pipe.</summary>
    PipeFormat = 21,

    /// <summary>The resampler failed.</summary>
    Resampler = 22,

    /// <summary>The file could not be given a second name.</summary>
    FileLink = 30,

    /// <summary>No such capture device.</summary>
    DeviceNotFound = 40,

    /// <summary>Another program uses the capture device.</summary>
    DeviceBusy = 41,

    /// <summary>The capture device may not be used.</summary>
    DeviceDenied = 42,

    /// <summary>The capture device has no format, rate or channel that can be used.</summary>
    DeviceUnsupported = 43,

    /// <summary>The capture device failed.</summary>
    DeviceFailed = 44,
}
