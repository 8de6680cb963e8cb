using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli.Call;

/// <summary>The verb <c>call</c>.</summary>
internal static class CallCommand
{
    /// <summary>Makes the verb with its verbs.</summary>
    public static VerbGroup Create() => new("call", "asks a running service over MQTT")
    {
        Manual = new Manual
        {
            Description = ["Sends a request to a node over MQTT and waits for its outcome. 'appliance transcribe' and 'appliance imagine' do the same work in their own process, without a service."],
            ExitCodes = ExitCodes,
        },
        Subcommands = { CallTranscribe.Create(), CallImagine.Create(), CallCancel.Create(), CallStatus.Create() },
    };

    /// <summary>The exit statuses of all verbs here.</summary>
    internal static IReadOnlyList<ExitCode> ExitCodes { get; } =
    [
        ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.InputUnusable, ExitCode.InputMissing, ExitCode.Unavailable, ExitCode.OutputFailed,
        ExitCode.TryLater, ExitCode.Forbidden, ExitCode.ConfigurationWrong, ExitCode.Interrupted,
    ];
}
