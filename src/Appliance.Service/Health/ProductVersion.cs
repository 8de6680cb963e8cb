using System.Reflection;

namespace Appliance.Service.Health;

/// <summary>Which program this is.</summary>
internal static class ProductVersion
{
    private static readonly string[] Parts =
        (Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+', 2);

    /// <summary>Its version, such as 0.1.0.</summary>
    public static string Number => Parts[0];

    /// <summary>The commit that it was built from; null when that is not known.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
