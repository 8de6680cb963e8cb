using Microsoft.Extensions.Logging;

namespace Appliance.Service.Cli.Output;

/// <summary>Shows what the libraries log to a caller who asked for details, and warnings to others too where wanted. Thread-safe.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="showsWarnings">Whether warnings and errors are for every caller.</param>
internal sealed class TerminalLogger(Terminal terminal, bool showsWarnings = false) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) =>
        (logLevel >= LogLevel.Information && terminal.Verbosity == Verbosity.Verbose) || (logLevel >= LogLevel.Warning && showsWarnings);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && terminal.Verbosity == Verbosity.Verbose)
        {
            terminal.WriteDetail(formatter(state, exception));
        }
        else if (IsEnabled(logLevel))
        {
            terminal.WriteWarning(formatter(state, exception));
        }
    }
}
