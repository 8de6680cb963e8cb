namespace Appliance.Inference.Models;

/// <summary>The errors that list what could have been asked for.</summary>
internal static class UnknownModel
{
    public static ModelException Of(string name, string? kind, IReadOnlyList<ModelEntry> entries, IReadOnlyList<string> roots, string hint) =>
        new(ModelError.UnknownModel, name, $"there is no model \"{name}\": {Choice(kind, entries, roots)}{hint}");

    public static ModelException OfOtherKind(string name, string actual, string wanted, IReadOnlyList<ModelEntry> entries, IReadOnlyList<string> roots) =>
        new(ModelError.UnknownModel, name, $"the model \"{name}\" is of kind {actual}, not {wanted}: {Choice(wanted, entries, roots)}");

    private static string Choice(string? kind, IReadOnlyList<ModelEntry> entries, IReadOnlyList<string> roots)
    {
        string[] names = [.. entries.Where(entry => entry.Problem is null && (kind is null || entry.Manifest!.Kind == kind)).Select(entry => entry.Name).Order(StringComparer.Ordinal)];
        return names.Length > 0
            ? $"use one of {string.Join(", ", names)}"
            : $"no {(kind is null ? "" : kind + " ")}model lies in {string.Join(", ", roots)}; bring one with 'appliance models add PATH'";
    }
}
