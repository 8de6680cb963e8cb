using Appliance.Imaging;

namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>imaging</c>.</summary>
internal static class ImagingKeys
{
    private static readonly SettingSection<ImagingSettings> Section =
        new("imaging", all => all.Imaging, (all, section) => all with { Imaging = section }) { IsSettable = true };

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Text("model", "the name of a model", imaging => imaging.Model,
            (imaging, model) => model.Length > 0 ? imaging with { Model = model } : null),
        Section.Whole("steps", $"a whole number from 1 to {ImageLimits.Steps}, or 0 for the model's own", 0, ImageLimits.Steps, imaging => imaging.Steps ?? 0,
            (imaging, steps) => imaging with { Steps = steps == 0 ? null : (int)steps }),
        Section.Number("guidance", $"a number from 0 to {ImageLimits.Guidance}", 0, ImageLimits.Guidance, imaging => imaging.Guidance,
            (imaging, guidance) => imaging with { Guidance = guidance }),
        Section.Choice("scheduler", ImageChoices.Schedulers, imaging => imaging.Scheduler, (imaging, name) => imaging with { Scheduler = name }, hasNone: true),
        Section.Whole("width", $"a width in pixels up to {ImageLimits.Side}, or 0 for the model's own", 0, ImageLimits.Side, imaging => imaging.Width ?? 0,
            (imaging, width) => imaging with { Width = width == 0 ? null : (int)width }),
        Section.Whole("height", $"a height in pixels up to {ImageLimits.Side}, or 0 for the model's own", 0, ImageLimits.Side, imaging => imaging.Height ?? 0,
            (imaging, height) => imaging with { Height = height == 0 ? null : (int)height }),
        Section.Flag("safetyChecker", imaging => imaging.SafetyChecker, (imaging, applies) => imaging with { SafetyChecker = applies }),
    ];
}
