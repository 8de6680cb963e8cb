using Microsoft.Extensions.Logging;

namespace Appliance.Service.Cli.Output;

/// <summary>Shows what the libraries log to a caller who asked for details. Thread-safe.</summary>
internal sealed class TerminalLogger(Terminal terminal) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && terminal.Verbosity == Verbosity.Verbose;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.WriteDetail(formatter(state, exception));
        }
    }
}
