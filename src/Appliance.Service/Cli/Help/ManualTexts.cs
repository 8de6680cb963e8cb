using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Help;

/// <summary>What every manual says alike.</summary>
internal static class ManualTexts
{
    /// <summary>Exit statuses in order.</summary>
    public static IReadOnlyDictionary<ExitCode, string> ExitCodes { get; } = new Dictionary<ExitCode, string>
    {
        [ExitCode.Done] = "done",
        [ExitCode.Failed] = "failed inside (damaged model, out of memory, internal fault), or a check found a fault",
        [ExitCode.WrongCall] = "wrong call: unknown verb, option, value, model or language (the valid ones are listed)",
        [ExitCode.InputUnusable] = "the input can't be used: no audio or picture, damaged or of an unsupported kind",
        [ExitCode.InputMissing] = "the input is not there or not readable",
        [ExitCode.Unavailable] = "something needed is not available on this machine",
        [ExitCode.OutputFailed] = "the output can't be written: disk full or no permission; nothing half-written is left",
        [ExitCode.TryLater] = "try later: busy, the queue is full, the deadline leaves no time for it, or a restart interrupted it",
        [ExitCode.Forbidden] = "the broker or the node does not allow it: check user and access list",
        [ExitCode.ConfigurationWrong] = "the configuration is wrong (all problems are listed)",
        [ExitCode.Interrupted] = "interrupted by Ctrl-C or SIGTERM; nothing half-written is left",
    };

    /// <summary>Files that the program reads.</summary>
    public static IReadOnlyList<ManualEntry> Files { get; } =
    [
        new(ProductFiles.ConfigurationFile, "configuration: sections models (roots), inference (providers, threads, onnxRuntimeDirectory), speech (model, language, languages, beamSize, audioContext, initialPrompt, hotwords, streaming, fallbackModel), capture (source, device, channel, mode, levelThreshold, phrases, file, deviceRoot), imaging (model, steps, guidance, scheduler, width, height, safetyChecker)"),
        new("/var/lib/appliance/models/", "models added on this machine, one folder each"),
        new("/usr/share/appliance/models/", "models that came with the program"),
        new("~/.cache/appliance/model-hashes.json", "hashes of unchanged model files, so that a start does not read them all"),
    ];

    /// <summary>Environment variables that the program reads.</summary>
    public static IReadOnlyList<ManualEntry> Environment { get; } =
    [
        new("APPLIANCE_SECTION__KEY", "overrides a key of the configuration, such as APPLIANCE_SPEECH__MODEL=whisper-base; lists have commas between their items"),
        new("NO_COLOR", "when set to anything, no colours are used"),
        new("TMPDIR", "folder in which standard input is kept while it is transcribed (default /tmp)"),
        new("XDG_CACHE_HOME", "folder of caches (default ~/.cache)"),
    ];
}
