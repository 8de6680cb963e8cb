namespace Appliance.Testing.Reference;

/// <summary>A segment of a reference transcript.</summary>
public sealed record ReferenceSegment(long Seek, double Start, double End, string Text, IReadOnlyList<int> Tokens, double Temperature, IReadOnlyList<ReferenceWord> Words);
