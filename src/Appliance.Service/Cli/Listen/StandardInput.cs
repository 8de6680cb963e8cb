namespace Appliance.Service.Cli.Listen;

/// <summary>Standard input as bytes.</summary>
internal static class StandardInput
{
    /// <summary>Opens it.</summary>
    /// <exception cref="CommandException">It is a terminal: nobody types samples.</exception>
    public static Stream Open() => Console.IsInputRedirected
        ? Console.OpenStandardInput()
        : throw new CommandException(ExitCode.WrongCall, "--source stdin needs samples on standard input, which is a terminal: arecord -t raw -f S16_LE -r 16000 | appliance listen --source stdin");
}
