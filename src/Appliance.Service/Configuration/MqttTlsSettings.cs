namespace Appliance.Service.Configuration;

/// <summary>Section <c>mqtt.tls</c>. There is no switch that turns the check of the broker's certificate off.</summary>
internal sealed record MqttTlsSettings
{
    /// <summary>Whether the connection is encrypted.</summary>
    public bool Enabled { get; init; }

    /// <summary>Authorities that may have signed the broker's certificate, in PEM; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The broker's public key: <c>sha256/</c> and the base64 of the SHA-256 of its SPKI; it takes the place of authorities and name.</summary>
    public string? Pin { get; init; }

    /// <summary>Our certificate, in PEM.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its key, in PEM.</summary>
    public string? KeyFile { get; init; }
}
