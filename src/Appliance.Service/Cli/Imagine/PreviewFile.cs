using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Keeps a file up to date with how far the picture is; it goes when the picture is there or given up.</summary>
internal sealed class PreviewFile(string path, int every, bool usesDecoder) : IImagePreviews, IDisposable
{
    /// <inheritdoc/>
    public int Every => every;

    /// <inheritdoc/>
    public bool UsesDecoder => usesDecoder;

    /// <summary>Finds out before the work whether the file can be written.</summary>
    /// <exception cref="CommandException">It can't.</exception>
    public void Probe() => AtomicFile.Probe(path);

    /// <inheritdoc/>
    public void Previewed(RgbImage image, in ImageStep state)
    {
        byte[] file = ImageFormats.Encode(path, image, parameters: null);
        AtomicFile.WriteBytes(path, stream => stream.Write(file));
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(path);
}
