namespace Appliance.Service.Cli.Options;

/// <summary>What a shell offers for a value.</summary>
internal enum ValueKind
{
    /// <summary>Nothing: free text or a number.</summary>
    Free,

    /// <summary>There is no value, or it may be left out.</summary>
    Flag,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>A path.</summary>
    Path,

    /// <summary>The name of a model.</summary>
    Model,
}
