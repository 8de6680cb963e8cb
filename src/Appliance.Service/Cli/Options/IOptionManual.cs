namespace Appliance.Service.Cli.Options;

/// <summary>What help and completion tell about an option beyond its name and description.</summary>
internal interface IOptionManual
{
    /// <summary>What holds without the option, with its unit.</summary>
    string Default { get; }

    /// <summary>The values there are, when they can be listed.</summary>
    IReadOnlyList<string> Choices { get; }

    /// <summary>What a shell offers for the value.</summary>
    ValueKind Kind { get; }
}
