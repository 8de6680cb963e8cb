using System.Collections.Frozen;

namespace Appliance.Service.Cli.Completion;

/// <summary>The shells there are scripts for.</summary>
internal static class ShellCompletions
{
    /// <summary>By name of the shell.</summary>
    public static FrozenDictionary<string, IShellCompletion> All { get; } =
        new IShellCompletion[] { new BashCompletion(), new ZshCompletion(), new FishCompletion() }.ToFrozenDictionary(shell => shell.Name);
}
