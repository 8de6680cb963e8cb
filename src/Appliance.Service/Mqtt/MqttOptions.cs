using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Appliance.Service.Configuration;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt;

/// <summary>The options of connections to the configured broker.</summary>
internal static class MqttOptions
{
    /// <summary>The largest packet that is taken; mosquitto drops larger ones silently.</summary>
    public const uint LargestPacket = 4 << 20;

    /// <summary>Time for the broker's answer to a connect.</summary>
    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The connection of a node: it has a session that outlives breaks, and a will.</summary>
    /// <exception cref="ConfigurationException">A secret or a certificate can't be read.</exception>
    public static MqttClientOptions Control(MqttSettings settings, Topics topics) => Base(settings, $"edge-{topics.NodeName}")
        .WithCleanStart(false)
        .WithSessionExpiryInterval(300)
        .WithReceiveMaximum(16)
        .WithWillTopic(topics.Availability)
        .WithWillPayload("offline")
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillRetain()
        .WithWillDelayInterval(5)
        .Build();

    /// <summary>A connection without a session: for shared work, and for callers.</summary>
    /// <exception cref="ConfigurationException">A secret or a certificate can't be read.</exception>
    public static MqttClientOptions Transient(MqttSettings settings, string clientId, ushort receiveMaximum) => Base(settings, clientId)
        .WithCleanStart(true)
        .WithSessionExpiryInterval(0)
        .WithReceiveMaximum(receiveMaximum)
        .Build();

    private static MqttClientOptionsBuilder Base(MqttSettings settings, string clientId)
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(settings.Host ?? "127.0.0.1", settings.EffectivePort)
            .WithClientId(clientId)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithMaximumPacketSize(LargestPacket)
            .WithTimeout(ConnectTimeout);
        if (settings.Username is { } user)
        {
            builder = builder.WithCredentials(user, settings.Password?.Read() ?? "");
        }

        return settings.Tls.Enabled ? builder.WithTlsOptions(options => Tls(options, settings.Tls)) : builder;
    }

    private static void Tls(MqttClientTlsOptionsBuilder options, MqttTlsSettings tls)
    {
        options.UseTls();
        if (tls.Pin is { } pin)
        {
            options.WithCertificateValidationHandler(seen => IsPinned(seen.Certificate, pin));
        }
        else if (tls.CaFile is { } caFile)
        {
            X509Certificate2Collection authorities = ReadPem(caFile);
            options.WithCertificateValidationHandler(seen => IsTrusted(seen.Certificate, seen.Chain, seen.SslPolicyErrors, authorities));
        }

        if (tls.CertificateFile is { } certificate)
        {
            options.WithClientCertificates([ReadOwn(certificate, tls.KeyFile!)]);
        }
    }

    private static bool IsPinned(X509Certificate? certificate, string pin)
    {
        if (certificate is not X509Certificate2 seen)
        {
            return false;
        }

        byte[] hash = SHA256.HashData(seen.PublicKey.ExportSubjectPublicKeyInfo());
        return CryptographicOperations.FixedTimeEquals(hash, Convert.FromBase64String(pin["sha256/".Length..]));
    }

    /// <summary>The name must be right, and the chain must end at one of the authorities.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is not X509Certificate2 seen || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (X509ChainElement element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(seen);
    }

    private static X509Certificate2Collection ReadPem(string file)
    {
        try
        {
            X509Certificate2Collection certificates = [];
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? certificates : throw new ConfigurationException([$"mqtt.tls.caFile: {file} holds no certificate: name a PEM file"]);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"mqtt.tls.caFile: {file} can't be read ({fault.Message}): name a PEM file that the service may read"]);
        }
    }

    private static X509Certificate2 ReadOwn(string certificate, string key)
    {
        try
        {
            using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(certificate, key);

            // SslStream takes keys of PKCS #12 only on some systems
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"mqtt.tls.certificateFile: {certificate} with {key} can't be read ({fault.Message}): name PEM files that the service may read and that go together"]);
        }
    }
}
