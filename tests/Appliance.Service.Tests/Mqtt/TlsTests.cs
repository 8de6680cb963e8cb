using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Which brokers the built service trusts: a real mosquitto with certificates of all kinds.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly Certificates _certificates;

    public TlsTests() => _certificates = new Certificates(_folder);

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Broker_OfTheAuthority_IsTrustedAndGetsOurCertificate()
    {
        (string certificate, string key, _) = _certificates.Make("server", "127.0.0.1");
        (string own, string ownKey, _) = _certificates.Make("client", "tls");
        using Mosquitto broker = Broker(certificate, key, "require_certificate true\nuse_identity_as_username true");
        using NodeProcess node = Node(broker, new() { ["APPLIANCE_MQTT__TLS__CAFILE"] = _certificates.AuthorityFile, ["APPLIANCE_MQTT__TLS__CERTIFICATEFILE"] = own, ["APPLIANCE_MQTT__TLS__KEYFILE"] = ownKey });
        await node.WaitForLogAsync("connected to the broker", Limit);
        Assert.Contains("as edge-tls (p5, c0, k30, u'tls')", broker.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_WithThePinnedKey_IsTrustedWhateverItIsCalled()
    {
        (string certificate, string key, string pin) = _certificates.Make("pinned", "somewhere.else", isSelfSigned: true);
        using Mosquitto broker = Broker(certificate, key);
        using NodeProcess node = Node(broker, new() { ["APPLIANCE_MQTT__TLS__PIN"] = pin });
        await node.WaitForLogAsync("connected to the broker", Limit);
    }

    [Theory]
    [InlineData("wrong host")]
    [InlineData("expired")]
    [InlineData("self-signed")]
    [InlineData("system authorities")]
    [InlineData("other pin")]
    public async Task Broker_WithABadCertificate_IsRefused(string what)
    {
        (string certificate, string key, _) = what switch
        {
            "wrong host" => _certificates.Make("server", "other.lan"),
            "expired" => _certificates.Make("server", "127.0.0.1", days: -1),
            "self-signed" => _certificates.Make("server", "127.0.0.1", isSelfSigned: true),
            _ => _certificates.Make("server", "127.0.0.1"),
        };
        Dictionary<string, string> trust = what switch
        {
            "system authorities" => [],
            "other pin" => new() { ["APPLIANCE_MQTT__TLS__PIN"] = _certificates.Make("other", "127.0.0.1").Pin },
            _ => new() { ["APPLIANCE_MQTT__TLS__CAFILE"] = _certificates.AuthorityFile },
        };
        using Mosquitto broker = Broker(certificate, key);
        using NodeProcess node = Node(broker, trust);
        await node.WaitForLogAsync("no connection to the broker", Limit);
        await Wait.PauseAsync(TimeSpan.FromSeconds(1.5));

        Assert.True(node.IsRunning);
        Assert.DoesNotContain("connected to the broker", node.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("as edge-tls", broker.Log, StringComparison.Ordinal);
    }

    private static Mosquitto Broker(string certificate, string key, string more = "") =>
        Started(new Mosquitto($"allow_anonymous true\ncafile {Path.Combine(Path.GetDirectoryName(certificate)!, "ca.pem")}\ncertfile {certificate}\nkeyfile {key}\n{more}"));

    private static Mosquitto Started(Mosquitto broker)
    {
        broker.Start();
        return broker;
    }

    private static NodeProcess Node(Mosquitto broker, Dictionary<string, string> trust)
    {
        Dictionary<string, string> settings = NodeProcess.At(broker);
        settings["APPLIANCE_MQTT__TLS__ENABLED"] = "true";
        foreach ((string name, string value) in trust)
        {
            settings[name] = value;
        }

        NodeProcess node = new("tls", settings);
        node.Start();
        return node;
    }
}
