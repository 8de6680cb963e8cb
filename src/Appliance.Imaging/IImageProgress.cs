namespace Appliance.Imaging;

/// <summary>Hears of every step of a picture, on the thread that draws.</summary>
public interface IImageProgress
{
    /// <summary>A step is done.</summary>
    void Stepped(in ImageStep state);
}
