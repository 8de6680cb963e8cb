namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>node</c>.</summary>
internal static class NodeKeys
{
    private static readonly SettingSection<NodeSettings> Section = new("node", all => all.Node, (all, section) => all with { Node = section });

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Text("name", "1 to 32 of a-z, 0-9 and -, or nothing for one made from the machine id", node => node.Name ?? "",
            (node, name) => name.Length == 0 || NodeName.IsValid(name) ? node with { Name = name.Length == 0 ? null : name } : null),
    ];
}
