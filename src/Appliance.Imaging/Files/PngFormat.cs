using SkiaSharp;

namespace Appliance.Imaging.Files;

/// <summary>PNG: parameters as two iTXt chunks, ours as JSON and the form that Stable Diffusion tools read.</summary>
internal sealed class PngFormat : IImageFormat
{
    private const string Keyword = "appliance";
    private const string ToolKeyword = "parameters";
    private const int ZlibLevel = 6;

    /// <inheritdoc/>
    public string Name => "png";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".png"];

    /// <inheritdoc/>
    public string ContentType => "image/png";

    /// <inheritdoc/>
    public bool IsLossless => true;

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => PngChunks.IsPng(file);

    /// <inheritdoc/>
    public byte[] Encode(RgbImage image, ImageParameters? parameters)
    {
        byte[] file = SkiaEncoding.Encode(image, pixels => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, ZlibLevel)));
        if (parameters is null)
        {
            return file;
        }

        return PngChunks.InsertTexts(file, (Keyword, parameters.ToJson()), (ToolKeyword, ToolParameters.Of(parameters)));
    }

    /// <inheritdoc/>
    public string? ReadParameters(ReadOnlySpan<byte> file) => PngChunks.ReadText(file, Keyword);
}
