namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>models</c>.</summary>
internal static class ModelKeys
{
    private static readonly SettingSection<ModelSettings> Section = new("models", all => all.Models, (all, section) => all with { Models = section });

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Texts("roots", "a list of folders, at least one", models => models.Roots,
            (models, roots) => roots.Count > 0 ? models with { Roots = roots } : null),
    ];
}
