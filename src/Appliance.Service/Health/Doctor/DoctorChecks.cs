namespace Appliance.Service.Health.Doctor;

/// <summary>All checks, in the order of the report.</summary>
internal static class DoctorChecks
{
    /// <summary>All checks.</summary>
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new ConfigurationCheck(),
        new ProcessorCheck(),
        new MemoryCheck(),
        new NativeLibraryCheck(),
        new OnnxRuntimeCheck(),
        new ProvidersCheck(),
        new ModelRootsCheck(),
        new ModelsCheck(),
        new SpeechModelCheck(),
        new VoiceActivityCheck(),
        new ImageModelCheck(),
        new CaptureCheck(),
        new FfmpegCheck(),
        new TemporaryFolderCheck(),
    ];
}
