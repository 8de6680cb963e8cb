namespace Appliance.Speech.Recognition.Streaming;

/// <summary>What a growing segment is believed to say.</summary>
/// <param name="Committed">Text that stays: each hypothesis of a segment begins with the committed text of the one before, byte for byte.</param>
/// <param name="Tentative">Text that may still change; empty where the firewall would not let it through.</param>
/// <param name="Language">Language code.</param>
internal readonly record struct Hypothesis(string Committed, string Tentative, string Language);
