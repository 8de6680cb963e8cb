namespace Appliance.Service.Cli;

/// <summary>What a fault means to the caller of the program.</summary>
/// <param name="Code">Exit status.</param>
/// <param name="Message">"what is wrong: what to do"; empty when there is nothing to say.</param>
internal readonly record struct Failure(ExitCode Code, string Message);
