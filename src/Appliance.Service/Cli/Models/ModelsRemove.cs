using System.CommandLine;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Models;

/// <summary><c>models remove</c>.</summary>
internal sealed class ModelsRemove
{
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.OneOrMore };

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ModelsRemove().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new("remove", "deletes models from the catalogue", Run)
        {
            ArgumentKind = ValueKind.Model,
            Manual = new Manual
            {
                Arguments = "NAME…",
                Description = ["Deletes the folders of the models NAME from the model roots. A program that has one loaded goes on with it until it ends."],
                ExitCodes = ModelsCommand.ExitCodes,
            },
        };
        command.Arguments.Add(_names);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        ModelCatalog catalog = ModelsCommand.CatalogOf(context);
        foreach (string name in context.Call.GetValue(_names)!)
        {
            cancellationToken.ThrowIfCancellationRequested();
            catalog.Remove(name);
            context.Terminal.WriteResult(name);
        }

        return ExitCode.Done;
    }
}
