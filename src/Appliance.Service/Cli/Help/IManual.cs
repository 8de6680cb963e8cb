namespace Appliance.Service.Cli.Help;

/// <summary>A command with a manual.</summary>
internal interface IManual
{
    /// <summary>The manual.</summary>
    Manual Manual { get; }
}
