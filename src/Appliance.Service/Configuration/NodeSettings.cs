namespace Appliance.Service.Configuration;

/// <summary>Section <c>node</c>.</summary>
internal sealed record NodeSettings
{
    /// <summary>Name in topics; null for one made from the machine id.</summary>
    public string? Name { get; init; }
}
