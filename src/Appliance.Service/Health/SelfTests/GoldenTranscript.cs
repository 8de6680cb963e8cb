namespace Appliance.Service.Health.SelfTests;

/// <summary>A transcript by the reference algorithm.</summary>
/// <param name="Language">Detected language.</param>
/// <param name="Text">Whole text.</param>
/// <param name="Segments">Tokens of each segment, timestamps included.</param>
internal sealed record GoldenTranscript(string Language, string Text, IReadOnlyList<IReadOnlyList<int>> Segments);
