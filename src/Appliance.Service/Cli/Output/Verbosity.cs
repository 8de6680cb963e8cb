namespace Appliance.Service.Cli.Output;

/// <summary>How much is said beside results and errors.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and, on a terminal, progress.</summary>
    Normal,

    /// <summary>Nothing.</summary>
    Quiet,

    /// <summary>Details too.</summary>
    Verbose,
}
