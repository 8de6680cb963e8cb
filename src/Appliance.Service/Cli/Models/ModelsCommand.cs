using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli.Models;

/// <summary>The verb <c>models</c>.</summary>
internal static class ModelsCommand
{
    /// <summary>Makes the verb with its verbs.</summary>
    public static VerbGroup Create() => new("models", "shows, checks, adds and removes models")
    {
        Manual = new Manual { Description = [FolderText], ExitCodes = ExitCodes },
        Subcommands = { ModelsList.Create(), ModelsShow.Create(), ModelsVerify.Create(), ModelsAdd.Create(), ModelsRemove.Create() },
    };

    /// <summary>The catalogue over the configured roots.</summary>
    internal static ModelCatalog CatalogOf(CallContext context) => new(context.Settings.Models.Roots);

    /// <summary>The exit statuses of all verbs here.</summary>
    internal static IReadOnlyList<ExitCode> ExitCodes { get; } =
        [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.OutputFailed, ExitCode.ConfigurationWrong];

    /// <summary>What a model folder is.</summary>
    internal static string FolderText =>
        "A model is a folder with a manifest.json (name, kind, licence, origin, files with their sizes and SHA-256) in one of the model roots.";
}
