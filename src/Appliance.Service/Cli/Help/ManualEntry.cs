namespace Appliance.Service.Cli.Help;

/// <summary>A term and what it means.</summary>
internal readonly record struct ManualEntry(string Term, string Text);
