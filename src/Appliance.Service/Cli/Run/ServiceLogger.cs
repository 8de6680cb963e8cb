using Appliance.Service.Cli.Output;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Cli.Run;

/// <summary>The log of the service: lines on standard error, with the priority in front where the journal reads them (sd-daemon(3)).</summary>
internal sealed class ServiceLogger(Terminal terminal) : ILogger
{
    private readonly bool _isJournal = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.Trace or LogLevel.None => false,
        LogLevel.Debug => terminal.Verbosity == Verbosity.Verbose,
        LogLevel.Information => terminal.Verbosity != Verbosity.Quiet,
        _ => true,
    };

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string text = formatter(state, exception);
        string fault = exception is null ? "" : logLevel >= LogLevel.Error || terminal.Verbosity == Verbosity.Verbose ? $": {exception}" : $": {exception.Message}";
        terminal.WriteError(Prefix(logLevel) + text + fault);
    }

    private string Prefix(LogLevel level) => !_isJournal ? level switch
    {
        LogLevel.Warning => "warning: ",
        LogLevel.Error or LogLevel.Critical => "error: ",
        _ => "",
    } : level switch
    {
        LogLevel.Debug => "<7>",
        LogLevel.Information => "<6>",
        LogLevel.Warning => "<4>",
        _ => "<3>",
    };
}
