namespace Appliance.Service.Cli.Setup;

/// <summary>What the user wants.</summary>
internal sealed record SetupAnswers
{
    /// <summary>The broker; null for the embedded one.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; null for the usual one.</summary>
    public int? Port { get; init; }

    /// <summary>Name of this node; null leaves it.</summary>
    public string? Node { get; init; }

    /// <summary>User; null for nobody.</summary>
    public string? Username { get; init; }

    /// <summary>A file with the password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A password that was typed in.</summary>
    public string? Password { get; init; }

    /// <summary>Authorities; turns TLS on.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether a broker on another machine may be used without a user.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Whether the microphone is tested.</summary>
    public bool TestsMicrophone { get; init; }
}
