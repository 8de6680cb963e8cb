namespace Appliance.Benchmarks.Speech;

/// <summary>One line of a corpus manifest.</summary>
internal sealed record CorpusClip(string Id, string File, string Language, string Category, double Seconds);
