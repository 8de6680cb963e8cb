namespace Appliance.Service.Cli.Completion;

/// <summary>Writes the completion script of one shell.</summary>
internal interface IShellCompletion
{
    /// <summary>Name of the shell.</summary>
    string Name { get; }

    /// <summary>How a user makes the script work.</summary>
    string Installation { get; }

    /// <summary>Writes the script.</summary>
    void Write(IReadOnlyList<CompletionVerb> verbs, TextWriter writer);
}
