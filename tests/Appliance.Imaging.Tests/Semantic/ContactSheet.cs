namespace Appliance.Imaging.Tests.Semantic;

/// <summary>Many pictures in one, to be looked at.</summary>
internal sealed class ContactSheet
{
    private const int Gap = 4;

    private readonly int _columns;
    private readonly int _side;
    private readonly HashSet<string> _pictures = [];

    public ContactSheet(int columns, int count, int side)
    {
        (_columns, _side) = (columns, side);
        int rows = (count + columns - 1) / columns;
        int width = (columns * (side + Gap)) + Gap;
        int height = (rows * (side + Gap)) + Gap;
        byte[] pixels = new byte[width * height * 3];
        Array.Fill<byte>(pixels, 200);
        Image = new(width, height, pixels);
    }

    public RgbImage Image { get; }

    public int DistinctPictures => _pictures.Count;

    public void Place(int index, RgbImage picture)
    {
        int left = ((index % _columns) * (_side + Gap)) + Gap;
        int top = ((index / _columns) * (_side + Gap)) + Gap;
        for (int y = 0; y < _side; y++)
        {
            picture.Pixels.AsSpan(y * _side * 3, _side * 3).CopyTo(Image.Pixels.AsSpan((((top + y) * Image.Width) + left) * 3));
        }

        _pictures.Add(Convert.ToBase64String(picture.Pixels));
    }
}
