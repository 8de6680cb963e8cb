namespace Appliance.Service.Cli;

/// <summary>A command can't go on. The message is "what is wrong: what to do".</summary>
internal sealed class CommandException(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The status that the program ends with.</summary>
    public ExitCode Code { get; } = code;
}
