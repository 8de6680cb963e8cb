namespace Appliance.Service.Cli.Completion;

/// <summary>A word that can be typed, and what it means.</summary>
internal readonly record struct CompletionWord(string Text, string Summary);
