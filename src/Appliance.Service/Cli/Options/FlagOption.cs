using System.CommandLine;

namespace Appliance.Service.Cli.Options;

/// <summary>An option that is on when it is named; as in openai-whisper it also takes <c>True</c> or <c>False</c>.</summary>
internal sealed class FlagOption : Option<bool>, IOptionManual
{
    public FlagOption(string name, bool defaultValue, params string[] aliases)
        : base(name, aliases)
    {
        DefaultValueFactory = _ => defaultValue;
        Default = defaultValue ? "True" : "False";
    }

    /// <inheritdoc/>
    public string Default { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Choices { get; } = ["True", "False"];

    /// <inheritdoc/>
    public ValueKind Kind => ValueKind.Flag;

    /// <summary>Whether it is on.</summary>
    public bool Of(ParseResult call) => call.GetValue(this);
}
