namespace Appliance.Imaging;

/// <summary>Takes pictures of how far a picture is, on the thread that draws.</summary>
public interface IImagePreviews
{
    /// <summary>A preview after every so many steps, 1 or more.</summary>
    int Every { get; }

    /// <summary>Whether previews are decoded as the picture will be, which takes its time; else they are rough and cost nothing.</summary>
    bool UsesDecoder { get; }

    /// <summary>A preview of what the steps are aiming at.</summary>
    void Previewed(RgbImage image, in ImageStep state);
}
