namespace Appliance.Service.Configuration;

/// <summary>Section <c>models</c>.</summary>
internal sealed record ModelSettings
{
    /// <summary>Folders that hold model folders, first match wins.</summary>
    public IReadOnlyList<string> Roots { get; init; } = ProductFiles.DefaultModelRoots();
}
