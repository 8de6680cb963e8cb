using System.CommandLine;
using System.CommandLine.Parsing;

namespace Appliance.Service.Cli.Options;

/// <summary>An option with one value; a value that can't be read is an error that says what it must be.</summary>
internal sealed class ValueOption<T> : Option<OptionValue<T>>, IOptionManual
{
    private readonly TextParser<T> _parse;

    public ValueOption(string name, string placeholder, T defaultValue, TextParser<T> parse, params string[] aliases)
        : base(name, aliases)
    {
        _parse = parse;
        HelpName = placeholder;
        Arity = ArgumentArity.ExactlyOne;
        DefaultValueFactory = _ => new(defaultValue);
        CustomParser = Parse;
    }

    /// <summary>What a value must be, for the error when it is not.</summary>
    public required string Expected { get; init; }

    /// <inheritdoc/>
    public required string Default { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <inheritdoc/>
    public ValueKind Kind { get; init; }

    /// <summary>The value that the caller gave, else the default.</summary>
    public T Of(ParseResult call) => call.GetValue(this)!.Value;

    /// <summary>The value that the caller gave, else <paramref name="otherwise"/>.</summary>
    public T Of(ParseResult call, T otherwise) => call.Names(this) ? Of(call) : otherwise;

    private OptionValue<T>? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (_parse(text, out T? value))
        {
            return new(value);
        }

        result.AddError($"{Name} \"{text}\": must be {Expected}");
        return null;
    }
}
