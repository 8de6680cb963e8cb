using System.CommandLine;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Options;

/// <summary>Which broker, and which node behind it.</summary>
internal sealed class BrokerOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Broker";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Broker, Node, Username, PasswordFile, CaFile];

    private ValueOption<(string Host, int? Port)?> Broker { get; } = new("--broker", "HOST[:PORT]", null, TryParse)
    {
        Description = "The broker.",
        Expected = "the name or address of a broker, with a port if it is not the usual one",
        Default = "mqtt.host and mqtt.port of the configuration, else the embedded broker of this machine",
    };

    private ValueOption<string?> Node { get; } = OptionFactory.Named("--node", "NAME", ValueKind.Free, "the name of a node", "the only one that is online",
        "The node to speak to.");

    private ValueOption<string?> Username { get; } = OptionFactory.Named("--username", "NAME", ValueKind.Free, "a name", "mqtt.username of the configuration, else nobody",
        "The user that the broker knows.");

    private ValueOption<string?> PasswordFile { get; } = OptionFactory.Named("--password-file", "FILE", ValueKind.Path, "the path of a file", "mqtt.password of the configuration",
        "A file of mode 0600 with the user's password; the command line is no place for it.");

    private ValueOption<string?> CaFile { get; } = OptionFactory.Named("--ca-file", "FILE", ValueKind.Path, "the path of a PEM file", "mqtt.tls.caFile of the configuration",
        "Authorities that may have signed the broker's certificate; turns TLS on.");

    /// <summary>The node that the caller named, or null.</summary>
    public string? NodeOf(ParseResult call) => Node.Of(call);

    /// <summary>The broker that the caller named, or null.</summary>
    public (string Host, int? Port)? BrokerOf(ParseResult call) => Broker.Of(call);

    /// <summary>The user that the caller named, or null.</summary>
    public string? UsernameOf(ParseResult call) => Username.Of(call);

    /// <summary>The file with the password that the caller named, or null.</summary>
    public string? PasswordFileOf(ParseResult call) => PasswordFile.Of(call);

    /// <summary>The authorities that the caller named, or null.</summary>
    public string? CaFileOf(ParseResult call) => CaFile.Of(call);

    /// <summary>How to connect.</summary>
    public MqttSettings SettingsOf(ParseResult call, MqttSettings settings)
    {
        if (settings.Host is null)
        {
            // as the service itself reaches its embedded broker
            EmbeddedBrokerSettings embedded = settings.Embedded;
            settings = settings with
            {
                Host = embedded.Listen.Address.Equals(System.Net.IPAddress.Any) ? "127.0.0.1" : embedded.Listen.Address.ToString(),
                Port = embedded.Listen.Port,
                Username = embedded.Username,
                Password = embedded.Password,
            };
        }

        if (CaFile.Of(call) is { } caFile)
        {
            settings = settings with { Tls = settings.Tls with { Enabled = true, CaFile = caFile } };
        }

        if (Broker.Of(call) is { } broker)
        {
            settings = settings with { Host = broker.Host, Port = broker.Port };
        }

        return settings with
        {
            Username = Username.Of(call, settings.Username),
            Password = PasswordFile.Of(call) is { } file ? new SecretReference("file:" + file) : settings.Password,
        };
    }

    private static bool TryParse(string text, out (string Host, int? Port)? value)
    {
        value = null;
        int colon = text.LastIndexOf(':');

        // an IPv6 address with a port stands in brackets
        bool hasPort = colon > 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']');
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        if (host.Length == 0 || (hasPort && !(int.TryParse(text[(colon + 1)..], out int port) && port is > 0 and <= 65535)))
        {
            return false;
        }

        value = (host, hasPort ? int.Parse(text[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture) : null);
        return true;
    }
}
