using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli;

/// <summary>A verb: its work, its arguments and its manual.</summary>
internal sealed class VerbCommand : Command, IManual
{
    public VerbCommand(string name, string summary, Func<CallContext, CancellationToken, ExitCode> run)
        : base(name, summary) => Run = run;

    /// <summary>Does the work; synchronous, cancelled by the token.</summary>
    public Func<CallContext, CancellationToken, ExitCode> Run { get; }

    /// <inheritdoc/>
    public required Manual Manual { get; init; }

    /// <summary>Time that it has to end when it is interrupted; null for the usual one.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>What a shell offers for the verb's arguments.</summary>
    public ValueKind ArgumentKind { get; init; }

    /// <summary>The arguments there are, when they can be listed.</summary>
    public IReadOnlyList<string> ArgumentChoices { get; init; } = [];

    /// <summary>Takes over the options of the manual's groups.</summary>
    public VerbCommand WithOptions()
    {
        foreach (Option option in Manual.Groups.SelectMany(group => group.Options))
        {
            Add(option);
        }

        return this;
    }
}
