namespace Appliance.Imaging.Files;

/// <summary>A kind of picture file.</summary>
internal interface IImageFormat
{
    /// <summary>The name that people use, also the usual extension.</summary>
    string Name { get; }

    /// <summary>Extensions, with the dot, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>The type in MIME.</summary>
    string ContentType { get; }

    /// <summary>Whether the file holds the very pixels.</summary>
    bool IsLossless { get; }

    /// <summary>Whether a file of this kind begins so.</summary>
    bool Matches(ReadOnlySpan<byte> file);

    /// <summary>Encodes a picture with what it was drawn from, if that is given. The same picture and parameters give the same bytes.</summary>
    byte[] Encode(RgbImage image, ImageParameters? parameters);

    /// <summary>The parameters in a file as JSON; null when it carries none.</summary>
    string? ReadParameters(ReadOnlySpan<byte> file);
}
