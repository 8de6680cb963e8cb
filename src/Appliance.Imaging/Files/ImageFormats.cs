using System.Collections.Frozen;

namespace Appliance.Imaging.Files;

/// <summary>The kinds of picture files that are written and read back.</summary>
public static class ImageFormats
{
    private static readonly IImageFormat[] All = [new PngFormat(), new JpegFormat(), new WebpFormat()];

    private static readonly FrozenDictionary<string, IImageFormat> ByExtension =
        All.SelectMany(format => format.Extensions.Select(extension => (extension, format)))
            .ToFrozenDictionary(pair => pair.extension, pair => pair.format, StringComparer.OrdinalIgnoreCase);

    /// <summary>Extensions of files that can be written, with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. All.SelectMany(format => format.Extensions)];

    /// <summary>Whether a picture can be written under this name.</summary>
    public static bool IsKnown(string path) => ByExtension.ContainsKey(Path.GetExtension(path));

    /// <summary>Encodes a picture as the extension of a name says, with what it was drawn from if that is given.</summary>
    /// <exception cref="ImagingException">The extension is none of a picture; the message lists those that are.</exception>
    public static byte[] Encode(string path, RgbImage image, ImageParameters? parameters) => OfPath(path).Encode(image, parameters);

    /// <summary>Encodes a picture as JPEG without what it was drawn from.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 to 100; up to 90 colours are halved in both directions.</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality) => JpegFormat.Encode(image, quality);

    /// <summary>The parameters that a picture file carries.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="parameters">What it was drawn from; null when it carries none that can be read.</param>
    /// <param name="isLossless">Whether the file holds the very pixels.</param>
    /// <exception cref="ImagingException">It is no picture of a known kind.</exception>
    public static bool TryReadParameters(ReadOnlySpan<byte> file, out ImageParameters? parameters, out bool isLossless)
    {
        foreach (IImageFormat format in All)
        {
            if (format.Matches(file))
            {
                isLossless = format.IsLossless;
                parameters = format.ReadParameters(file) is { } json ? ImageParameters.Parse(json) : null;
                return parameters is not null;
            }
        }

        throw new ImagingException(ImagingError.UnsupportedMedia, $"this is not a picture of a kind that is written here: give one of {string.Join(", ", Extensions)}");
    }

    private static IImageFormat OfPath(string path) => ByExtension.TryGetValue(Path.GetExtension(path), out IImageFormat? format)
        ? format
        : throw new ImagingException(ImagingError.BadRequest, $"{path}: the extension must say how to write the picture: use one of {string.Join(", ", Extensions)}");
}
