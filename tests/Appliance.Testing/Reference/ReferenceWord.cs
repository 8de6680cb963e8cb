namespace Appliance.Testing.Reference;

/// <summary>A word of a reference transcript.</summary>
public sealed record ReferenceWord(string Word, double Start, double End, double Probability);
