namespace Appliance.Service.Cli;

/// <summary>The exit statuses of the program; every one is documented in <c>--help</c>.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Failed inside, or a check found a fault.</summary>
    Failed = 1,

    /// <summary>Wrong call.</summary>
    WrongCall = 2,

    /// <summary>The input can't be used.</summary>
    InputUnusable = 65,

    /// <summary>The input is not there or not readable.</summary>
    InputMissing = 66,

    /// <summary>Something needed is not available.</summary>
    Unavailable = 69,

    /// <summary>The output can't be written.</summary>
    OutputFailed = 73,

    /// <summary>It may succeed later, or with more time.</summary>
    TryLater = 75,

    /// <summary>The caller may not do that.</summary>
    Forbidden = 77,

    /// <summary>The configuration is wrong.</summary>
    ConfigurationWrong = 78,

    /// <summary>Interrupted by the user.</summary>
    Interrupted = 130,
}
