using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary>The exports of native/include/appliance.h, one to one. Callers load the library first (<see cref="NativeLibraryLoader.EnsureLoaded"/>).</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "appliance";

    /// <summary>APL_ABI_VERSION of the header that this assembly mirrors.</summary>
    internal const int AbiVersion = 1;

    [LibraryImport(Library, EntryPoint = "apl_status_text")]
    internal static partial int StatusText(int status, out byte* text);

    [LibraryImport(Library, EntryPoint = "apl_last_error")]
    internal static partial int LastError(byte* buffer, int capacity, out int length);

    [LibraryImport(Library, EntryPoint = "apl_simd_best")]
    internal static partial int SimdBest(out int level);

    [LibraryImport(Library, EntryPoint = "apl_file_identify", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileIdentify(string path, ref FileIdentityData identity);

    [LibraryImport(Library, EntryPoint = "apl_file_link", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileLink(string existing, string name);

    [LibraryImport(Library, EntryPoint = "apl_audio_file_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AudioFileOpen(string path, in AudioFileConfig config, out AudioFileHandle file);

    [LibraryImport(Library, EntryPoint = "apl_audio_file_get_info")]
    internal static partial int AudioFileGetInfo(AudioFileHandle file, ref AudioFileInfo info);

    [LibraryImport(Library, EntryPoint = "apl_audio_file_get_format")]
    internal static partial int AudioFileGetFormat(AudioFileHandle file, byte* buffer, int capacity, out int length);

    [LibraryImport(Library, EntryPoint = "apl_audio_file_read")]
    internal static partial int AudioFileRead(AudioFileHandle file, float* samples, long capacity, out long count);

    [LibraryImport(Library, EntryPoint = "apl_audio_file_get_statistics")]
    internal static partial int AudioFileGetStatistics(AudioFileHandle file, ref AudioFileStatisticsData statistics);

    [LibraryImport(Library, EntryPoint = "apl_audio_file_close")]
    internal static partial int AudioFileClose(nint file);

    [LibraryImport(Library, EntryPoint = "apl_resampler_create")]
    internal static partial int ResamplerCreate(int rateHz, out ResamplerHandle resampler);

    [LibraryImport(Library, EntryPoint = "apl_resampler_process")]
    internal static partial int ResamplerProcess(
        ResamplerHandle resampler, float* input, long inputCount, out long taken, float* output, long capacity, out long count);

    [LibraryImport(Library, EntryPoint = "apl_resampler_destroy")]
    internal static partial int ResamplerDestroy(nint resampler);

    [LibraryImport(Library, EntryPoint = "apl_capture_list")]
    internal static partial int CaptureList(byte* buffer, int capacity, out int length);

    [LibraryImport(Library, EntryPoint = "apl_capture_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CaptureOpen(string device, in CaptureConfig config, out CaptureHandle capture);

    [LibraryImport(Library, EntryPoint = "apl_capture_get_info")]
    internal static partial int CaptureGetInfo(CaptureHandle capture, ref CaptureInfo info);

    [LibraryImport(Library, EntryPoint = "apl_capture_read")]
    internal static partial int CaptureRead(CaptureHandle capture, float* samples, long capacity, int timeoutMs, ref CaptureResult result);

    [LibraryImport(Library, EntryPoint = "apl_capture_set_muted")]
    internal static partial int CaptureSetMuted(CaptureHandle capture, int muted);

    [LibraryImport(Library, EntryPoint = "apl_capture_get_statistics")]
    internal static partial int CaptureGetStatistics(CaptureHandle capture, ref CaptureStatisticsData statistics);

    [LibraryImport(Library, EntryPoint = "apl_capture_close")]
    internal static partial int CaptureClose(nint capture);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_create")]
    internal static partial int LogMelCreate(in LogMelConfig config, out LogMelHandle logMel);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_append")]
    internal static partial int LogMelAppend(
        LogMelHandle logMel, float* samples, long sampleCount, float* frames, long capacityFrames, out long count);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_finish")]
    internal static partial int LogMelFinish(LogMelHandle logMel, float* frames, long capacityFrames, out long count);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_reset")]
    internal static partial int LogMelReset(LogMelHandle logMel);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_get_maximum")]
    internal static partial int LogMelGetMaximum(LogMelHandle logMel, out float maximum);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_destroy")]
    internal static partial int LogMelDestroy(nint logMel);

    [LibraryImport(Library, EntryPoint = "apl_log_mel_normalize")]
    internal static partial int LogMelNormalize(
        float* frames, long frameCount, int melCount, float maximum, float* window, long windowFrames);
}
