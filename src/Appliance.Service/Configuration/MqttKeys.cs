using System.Net;
using System.Text.RegularExpressions;

namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>mqtt</c>.</summary>
internal static partial class MqttKeys
{
    private const string TopicName = "a topic level or several with / between them, without + # $ and spaces";

    private static readonly SettingSection<MqttSettings> Section = new("mqtt", all => all.Mqtt, (all, section) => all with { Mqtt = section });

    private static readonly SettingSection<MqttTlsSettings> Tls =
        new("mqtt", all => all.Mqtt.Tls, (all, section) => all with { Mqtt = all.Mqtt with { Tls = section } });

    private static readonly SettingSection<EmbeddedBrokerSettings> Embedded =
        new("mqtt", all => all.Mqtt.Embedded, (all, section) => all with { Mqtt = all.Mqtt with { Embedded = section } });

    /// <summary>Kinds of work that a fleet shares.</summary>
    public static IReadOnlyList<string> FleetKinds { get; } = ["transcribe", "generate"];

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Text("host", "the name or address of a broker, or nothing for the embedded one", mqtt => mqtt.Host ?? "",
            (mqtt, host) => host.Length == 0 || Host().IsMatch(host) ? mqtt with { Host = OrNull(host) } : null),
        Section.Whole("port", "a port from 1 to 65535, or 0 for 1883 (8883 with TLS)", 0, 65535, mqtt => mqtt.Port ?? 0,
            (mqtt, port) => mqtt with { Port = port == 0 ? null : (int)port }),
        Section.Text("base", TopicName, mqtt => mqtt.Base, (mqtt, name) => Topic().IsMatch(name) ? mqtt with { Base = name } : null),
        Section.Text("username", "a text", mqtt => mqtt.Username ?? "", (mqtt, name) => mqtt with { Username = OrNull(name) }),
        Section.Text("password", SecretReference.Expected, mqtt => mqtt.Password?.Text ?? "",
            (mqtt, text) => TryReadSecret(text, out SecretReference? secret) ? mqtt with { Password = secret } : null),
        Section.Flag("allowInsecure", mqtt => mqtt.AllowInsecure, (mqtt, allows) => mqtt with { AllowInsecure = allows }),
        Section.Flag("homeAssistant", mqtt => mqtt.HomeAssistant, (mqtt, on) => mqtt with { HomeAssistant = on }),
        Section.Text("discoveryPrefix", TopicName, mqtt => mqtt.DiscoveryPrefix, (mqtt, name) => Topic().IsMatch(name) ? mqtt with { DiscoveryPrefix = name } : null),
        Section.Texts("replyPrefixes", "a list of topics without + # and $", mqtt => mqtt.ReplyPrefixes,
            (mqtt, topics) => topics.All(topic => Topic().IsMatch(topic)) ? mqtt with { ReplyPrefixes = topics } : null),
        Section.Texts("fleet", $"a list of {string.Join(", ", FleetKinds)}", mqtt => mqtt.Fleet,
            (mqtt, kinds) => kinds.All(FleetKinds.Contains) ? mqtt with { Fleet = [.. kinds.Distinct()] } : null),
        Tls.Flag("tls.enabled", tls => tls.Enabled, (tls, on) => tls with { Enabled = on }),
        Tls.Text("tls.caFile", "the path of a PEM file", tls => tls.CaFile ?? "", (tls, file) => tls with { CaFile = OrNull(file) }),
        Tls.Text("tls.pin", "sha256/ and the base64 of the SHA-256 of a public key (SPKI)", tls => tls.Pin ?? "",
            (tls, pin) => pin.Length == 0 || Pin().IsMatch(pin) ? tls with { Pin = OrNull(pin) } : null),
        Tls.Text("tls.certificateFile", "the path of a PEM file", tls => tls.CertificateFile ?? "", (tls, file) => tls with { CertificateFile = OrNull(file) }),
        Tls.Text("tls.keyFile", "the path of a PEM file", tls => tls.KeyFile ?? "", (tls, file) => tls with { KeyFile = OrNull(file) }),
        Embedded.Text("embedded.listen", "an address and a port such as 127.0.0.1:1883", embedded => embedded.Listen.ToString(),
            (embedded, text) => text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out IPEndPoint? endpoint) ? embedded with { Listen = endpoint } : null),
        Embedded.Text("embedded.username", "a text", embedded => embedded.Username ?? "", (embedded, name) => embedded with { Username = OrNull(name) }),
        Embedded.Text("embedded.password", SecretReference.Expected, embedded => embedded.Password?.Text ?? "",
            (embedded, text) => TryReadSecret(text, out SecretReference? secret) ? embedded with { Password = secret } : null),
    ];

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static bool TryReadSecret(string text, out SecretReference? secret)
    {
        secret = null;
        return text.Length == 0 || SecretReference.TryParse(text, out secret);
    }

    [GeneratedRegex(@"^[^\s+#$\x00-\x1f/]+(/[^\s+#$\x00-\x1f/]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Topic();

    [GeneratedRegex(@"^[A-Za-z0-9._:%\[\]-]{1,255}$", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex("^sha256/[A-Za-z0-9+/]{43}=$", RegexOptions.CultureInvariant)]
    private static partial Regex Pin();
}
