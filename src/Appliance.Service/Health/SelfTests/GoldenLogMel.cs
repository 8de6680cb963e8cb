namespace Appliance.Service.Health.SelfTests;

/// <summary>Figures of a normalised log-mel of shape [n_mels, 4100].</summary>
internal sealed record GoldenLogMel(
    int MelCount, double Minimum, double Maximum, double Mean, double MeanFirst3000, double MeanFirst1100, IReadOnlyList<GoldenPoint> Points);
