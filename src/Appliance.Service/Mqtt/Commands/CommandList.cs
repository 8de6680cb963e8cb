using System.Collections.Frozen;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>The verbs.</summary>
internal static class CommandList
{
    private static readonly FrozenDictionary<string, ICommand> ByName = new Dictionary<string, ICommand>(new ICommand[]
    {
        new ListenVerb(), new CancelVerb(), new ModelVerb(), new ConfigVerb(), new DiagVerb(), new RestartVerb(),
    }.Select(command => KeyValuePair.Create(command.Name, command))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of all verbs, jobs included.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Concat(JobKinds.Names).Order(StringComparer.Ordinal)];

    /// <summary>The command of a name, or null.</summary>
    public static ICommand? Find(string name) => ByName.GetValueOrDefault(name);
}
