using Spectre.Console;

namespace Appliance.Service.Cli.Output;

/// <summary>The two streams of the program: results on one, everything else on the other. Writing is thread-safe.</summary>
internal sealed class Terminal
{
    private const string ClearLine = "\r\u001b[2K";

    private readonly Lock _lock = new();
    private readonly Lazy<IAnsiConsole> _outConsole;
    private readonly Lazy<IAnsiConsole> _errorConsole;
    private IStatusLine? _status;

    /// <summary>A terminal over any two writers; the flags say whether a person watches them.</summary>
    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal, bool colour)
    {
        Out = output;
        Error = error;
        OutputIsTerminal = outputIsTerminal;
        ErrorIsTerminal = errorIsTerminal;
        _outConsole = new(() => Styled(output, outputIsTerminal, colour));
        _errorConsole = new(() => Styled(error, errorIsTerminal, colour));
    }

    /// <summary>Results.</summary>
    public TextWriter Out { get; }

    /// <summary>Messages.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether results go to a person.</summary>
    public bool OutputIsTerminal { get; }

    /// <summary>Whether messages go to a person.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Results with tables and colours.</summary>
    public IAnsiConsole OutConsole => _outConsole.Value;

    /// <summary>Messages with colours.</summary>
    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    /// <summary>How much is said beside results and errors.</summary>
    public Verbosity Verbosity { get; set; }

    /// <summary>Whether a progress line is wanted.</summary>
    public bool ShowsProgress => ErrorIsTerminal && Verbosity != Verbosity.Quiet;

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess()
    {
        bool colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(new StandardOutput(), new StandardError(), !Console.IsOutputRedirected, !Console.IsErrorRedirected, colour);
    }

    /// <summary>Shows a line that stays below everything else until it is replaced or taken away (null).</summary>
    public void ShowStatus(IStatusLine? status)
    {
        lock (_lock)
        {
            ClearStatus();
            _status = status;
            _status?.Draw(this);
        }
    }

    /// <summary>Writes a result line at once.</summary>
    public void WriteResult(string line)
    {
        lock (_lock)
        {
            ClearStatus();
            Out.WriteLine(line);
            Out.Flush();
            _status?.Draw(this);
        }
    }

    /// <summary>Writes an error: always.</summary>
    public void WriteError(string message) => WriteMessage(message);

    /// <summary>Writes errors, one line each.</summary>
    public void WriteErrors(IReadOnlyList<string> messages)
    {
        foreach (string message in messages)
        {
            WriteMessage(message);
        }
    }

    /// <summary>Writes something worth knowing, unless the caller wants quiet.</summary>
    public void WriteWarning(string message)
    {
        if (Verbosity != Verbosity.Quiet)
        {
            WriteMessage(message);
        }
    }

    /// <summary>Writes details for a caller who asked for them; several lines stay several lines.</summary>
    public void WriteDetail(string message)
    {
        if (Verbosity != Verbosity.Verbose)
        {
            return;
        }

        foreach (string line in message.Split('\n'))
        {
            WriteMessage(line);
        }
    }

    /// <summary>Writes where a fault comes from, when it is one of the program and details are wanted.</summary>
    public void WriteFaultDetail(Failure failure, Exception fault)
    {
        if (failure.Code == ExitCode.Failed)
        {
            WriteDetail(fault.ToString());
        }
    }

    private static IAnsiConsole Styled(TextWriter writer, bool isTerminal, bool colour) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isTerminal && colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });

    private void ClearStatus()
    {
        if (_status is not null)
        {
            Error.Write(ClearLine);
            Error.Flush();
        }
    }

    private void WriteMessage(string message)
    {
        lock (_lock)
        {
            ClearStatus();
            Error.WriteLine(OneLine.Of(message));
            _status?.Draw(this);
        }
    }
}
