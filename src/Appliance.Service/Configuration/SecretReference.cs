using System.Diagnostics.CodeAnalysis;

namespace Appliance.Service.Configuration;

/// <summary>Where a secret is: the configuration never holds the secret itself.</summary>
/// <param name="Text">As written: <c>credential:NAME</c>, <c>env:NAME</c> or <c>file:PATH</c>.</param>
internal sealed record SecretReference(string Text)
{
    /// <summary>What a reference must be.</summary>
    public const string Expected = "a reference to where it is: credential:NAME (systemd), env:NAME or file:PATH (of mode 0600); the secret itself has no place in a configuration";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads a reference.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretReference? reference)
    {
        (string kind, string name) = Split(text);
        bool isKnown = name.Length > 0 && (kind is "env" or "file" || (kind == "credential" && !name.Contains('/', StringComparison.Ordinal)));
        reference = isKnown ? new(text) : null;
        return isKnown;
    }

    /// <summary>The secret, without a line end after it.</summary>
    /// <exception cref="ConfigurationException">It is not there, or a file that others can read.</exception>
    public string Read()
    {
        (string kind, string name) = Split(Text);
        return kind switch
        {
            "env" => Environment.GetEnvironmentVariable(name) ?? throw Missing($"the environment variable {name} is not set: set it, or name another place"),
            "credential" => Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
                ? ReadFile(Path.Combine(folder, name), isPrivate: false)
                : throw Missing("there is no CREDENTIALS_DIRECTORY: only systemd gives one (LoadCredential=)"),
            _ => ReadFile(name, isPrivate: true),
        };
    }

    private string ReadFile(string path, bool isPrivate)
    {
        try
        {
            if (isPrivate && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw Missing($"{path} can be read by others: chmod 600 {path}");
            }

            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Missing($"{path} can't be read ({fault.Message}): write the secret there with mode 0600, owned by the user of the service");
        }
    }

    private ConfigurationException Missing(string what) => new([$"{Text}: {what}"]);

    private static (string Kind, string Name) Split(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (text[..colon], text[(colon + 1)..]);
    }
}
