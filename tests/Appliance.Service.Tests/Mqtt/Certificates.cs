using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Certificates of the tests, as PEM files.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly X509Certificate2 _authority;

    public Certificates(TemporaryFolder folder)
    {
        _folder = folder;
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=Test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2000), DateTimeOffset.UtcNow.AddDays(2000));
        AuthorityFile = folder.Write("ca.pem", _authority.ExportCertificatePem());
    }

    /// <summary>The authority's certificate.</summary>
    public string AuthorityFile { get; }

    /// <summary>Makes a certificate.</summary>
    /// <param name="name">Name of the files.</param>
    /// <param name="host">For which host.</param>
    /// <param name="days">How long it holds from now on; negative: it has expired.</param>
    /// <param name="isSelfSigned">Whether nobody signed it.</param>
    /// <returns>The paths of certificate and key, and the pin of the key.</returns>
    public (string Certificate, string Key, string Pin) Make(string name, string host, int days = 100, bool isSelfSigned = false)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1000);
        DateTimeOffset to = DateTimeOffset.UtcNow.AddDays(days);
        using X509Certificate2 made = isSelfSigned ? request.CreateSelfSigned(from, to) : request.Create(_authority, from, to, RandomNumberGenerator.GetBytes(8));
        string pin = "sha256/" + Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        return (_folder.Write(name + ".pem", made.ExportCertificatePem()), _folder.Write(name + ".key", key.ExportPkcs8PrivateKeyPem()), pin);
    }

    public void Dispose() => _authority.Dispose();
}
