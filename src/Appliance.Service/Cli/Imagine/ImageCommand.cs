using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli.Imagine;

/// <summary>The verb <c>image</c>.</summary>
internal static class ImageCommand
{
    /// <summary>The exit statuses of all verbs here.</summary>
    internal static IReadOnlyList<ExitCode> ExitCodes { get; } =
        [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.InputUnusable, ExitCode.InputMissing, ExitCode.Unavailable, ExitCode.ConfigurationWrong, ExitCode.Interrupted];

    /// <summary>Makes the verb with its verbs.</summary>
    public static VerbGroup Create() => new("image", "tells how pictures were drawn, and draws them again to compare")
    {
        Manual = new Manual { Description = ["Reads what 'appliance imagine' writes into PNG, JPEG and WebP files."], ExitCodes = ExitCodes },
        Subcommands = { ImageInfo.Create(), ImageVerify.Create() },
    };
}
