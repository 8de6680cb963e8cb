namespace Appliance.Service.Cli.Options;

/// <summary>A value that was read; a box, since System.CommandLine takes a null for a value that could not be read, and gives flags a rule of their own.</summary>
internal sealed record OptionValue<T>(T Value);
