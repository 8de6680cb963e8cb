namespace Appliance.Speech.Listening;

/// <summary>Something that a listener tells; see interfaces.md §4 for the JSON of the ones that have it.</summary>
/// <param name="Source">Name of the source: <c>alsa</c>, <c>file</c>, <c>stdin</c>.</param>
public abstract record ListenEvent(string Source);
