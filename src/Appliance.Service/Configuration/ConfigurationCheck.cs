using System.Net;

namespace Appliance.Service.Configuration;

/// <summary>What the service needs beyond each value being right by itself.</summary>
internal static class ConfigurationCheck
{
    /// <summary>Everything that is wrong, one line each: what: what to do.</summary>
    public static IReadOnlyList<string> Problems(ApplianceSettings settings) => [.. Broker(settings.Mqtt), .. Tls(settings.Mqtt), .. Embedded(settings.Mqtt), .. Capture(settings.Capture)];

    /// <summary>Whether a broker is on this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static IEnumerable<string> Broker(MqttSettings mqtt)
    {
        if (mqtt.Host is null)
        {
            yield break;
        }

        bool isAnonymous = mqtt.Username is null && mqtt.Tls.CertificateFile is null;
        if (isAnonymous && !mqtt.AllowInsecure && !IsLoopback(mqtt.Host))
        {
            yield return $"mqtt.host {mqtt.Host} is another machine and there is no mqtt.username: name a user and mqtt.password, or set mqtt.allowInsecure to true (in a lab)";
        }

        foreach (string problem in Secret("mqtt.password", mqtt.Username, mqtt.Password))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Tls(MqttSettings mqtt)
    {
        MqttTlsSettings tls = mqtt.Tls;
        if (!tls.Enabled && (tls.CaFile ?? tls.Pin ?? tls.CertificateFile ?? tls.KeyFile) is not null)
        {
            yield return "mqtt.tls has settings but mqtt.tls.enabled is false: set it to true, or take the others away";
        }

        if (tls.Enabled && mqtt.Host is null)
        {
            yield return "mqtt.tls.enabled needs mqtt.host: the embedded broker has no TLS";
        }

        if (tls.CertificateFile is null != tls.KeyFile is null)
        {
            yield return "mqtt.tls.certificateFile and mqtt.tls.keyFile go together: name both or neither";
        }

        foreach ((string key, string? file) in new[] { ("caFile", tls.CaFile), ("certificateFile", tls.CertificateFile), ("keyFile", tls.KeyFile) })
        {
            if (file is not null && !File.Exists(file))
            {
                yield return $"mqtt.tls.{key}: there is no file {file}, or it can't be reached: correct the path";
            }
        }
    }

    private static IEnumerable<string> Embedded(MqttSettings mqtt)
    {
        EmbeddedBrokerSettings embedded = mqtt.Embedded;
        if (!IPAddress.IsLoopback(embedded.Listen.Address) && (embedded.Username is null || embedded.Password is null))
        {
            yield return $"mqtt.embedded.listen {embedded.Listen} can be reached from other machines: give mqtt.embedded.username and mqtt.embedded.password, or listen on 127.0.0.1";
        }

        foreach (string problem in Secret("mqtt.embedded.password", embedded.Username, embedded.Password))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Capture(CaptureSettings capture)
    {
        if (capture.Source == "file" && capture.File is null)
        {
            yield return "capture.source file needs capture.file: name the recording to play";
        }

        if (capture.Source == "stdin")
        {
            yield return "capture.source stdin is for 'appliance listen': a service has no standard input";
        }
    }

    private static IEnumerable<string> Secret(string key, string? username, SecretReference? secret)
    {
        if (secret is null)
        {
            yield break;
        }

        if (username is null)
        {
            yield return $"{key} is given without a username: name the user too";
        }

        string? problem = null;
        try
        {
            secret.Read();
        }
        catch (ConfigurationException fault)
        {
            problem = fault.Message;
        }

        if (problem is not null)
        {
            yield return $"{key}: {problem}";
        }
    }
}
