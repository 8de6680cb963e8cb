namespace Appliance.Speech.Listening;

/// <summary>The state of the source changed.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="State">The new state.</param>
/// <param name="Device">The device or file; null when there is none.</param>
public sealed record StateEvent(string Source, ListenState State, string? Device) : ListenEvent(Source);
