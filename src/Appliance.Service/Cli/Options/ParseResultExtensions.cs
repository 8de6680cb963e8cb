using System.CommandLine;

namespace Appliance.Service.Cli.Options;

/// <summary>Questions about a call.</summary>
internal static class ParseResultExtensions
{
    /// <summary>Whether the caller named the option.</summary>
    public static bool Names(this ParseResult call, Option option) => call.GetResult(option) is { Implicit: false };
}
