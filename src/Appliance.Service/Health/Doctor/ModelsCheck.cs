using Appliance.Inference.Models;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether every model is what its manifest says.</summary>
internal sealed class ModelsCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "models";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        IReadOnlyList<ModelEntry> entries = context.Catalog.List();
        return entries.Count == 0
            ? [Finding.Fault($"no model in {string.Join(", ", context.Catalog.Roots)}: bring one with 'appliance models add PATH'")]
            : entries.Select(entry => FindingOf(entry, context.Catalog));
    }

    private static Finding FindingOf(ModelEntry entry, ModelCatalog catalog)
    {
        if (entry.Problem is { } problem)
        {
            return Finding.Fault($"{entry.Name}: {problem.Message}");
        }

        ModelVerification verification = catalog.Verify(entry.Path, ignoreCache: true);
        ModelFileVerification? damaged = verification.Files.FirstOrDefault(file => file.State != ModelFileState.Intact);
        if (damaged is not null)
        {
            return Finding.Fault($"{entry.Name}: {damaged.Detail}");
        }

        string size = FormattableString.Invariant($"{entry.Manifest!.TotalBytes / 1e6:0.0} MB");
        return entry.HiddenBy is { } other
            ? Finding.Warning($"{entry.Name}: {entry.Path} is hidden by {other}", $"remove one of them with 'appliance models remove {entry.Name}'")
            : Finding.Ok($"{entry.Name}: {size}, {verification.Files.Count} files verified");
    }
}
