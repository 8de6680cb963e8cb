using Appliance.Imaging.Files;

namespace Appliance.Imaging.Tests.Files;

public sealed class FileFormatTests
{
    internal static ImageParameters Parameters { get; } = new()
    {
        Model = "test",
        ModelSha256 = new string('a', 64),
        Prompt = "a \"red\" <apple> & ünïcödé 🍎\nsecond line",
        NegativePrompt = "",
        Seed = long.MaxValue,
        Generator = "philox",
        Scheduler = "dpmpp-2m-karras",
        Steps = 20,
        Guidance = 7.5,
        Width = 24,
        Height = 16,
        Provider = "cpu",
        Decoder = "vae",
        PixelsSha256 = new string('b', 64),
    };

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("a.jpg", false)]
    [InlineData("A.JPEG", false)]
    [InlineData("a.webp", true)]
    public void Encode_EveryFormat_GivesPixelsAndParametersBack(string name, bool isLossless)
    {
        RgbImage image = Gradient(24, 16);
        byte[] file = ImageFormats.Encode(name, image, Parameters);
        Assert.True(ImageFormats.TryReadParameters(file, out ImageParameters? parameters, out bool lossless));
        Assert.Equal(Parameters, parameters);
        Assert.Equal(isLossless, lossless);
        RgbImage read = PictureReader.Read(file, 24, 16);
        int worst = image.Pixels.Zip(read.Pixels, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= (isLossless ? 0 : 12), $"a byte is off by {worst}");
        Assert.Equal(file, ImageFormats.Encode(name, image, Parameters));
    }

    [Fact]
    public void Encode_Png_CarriesTheFormOfOtherTools()
    {
        byte[] file = ImageFormats.Encode("a.png", Gradient(24, 16), Parameters);
        string text = System.Text.Encoding.UTF8.GetString(file);
        Assert.Contains("Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 9223372036854775807, Size: 24x16, Model hash: aaaaaaaaaa, Model: test", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_UnknownExtension_ListsTheKnown()
    {
        ImagingException problem = Assert.Throws<ImagingException>(() => ImageFormats.Encode("a.tiff", Gradient(8, 8), Parameters));
        Assert.Equal(ImagingError.BadRequest, problem.Code);
        Assert.Contains(".png, .jpg, .jpeg, .webp", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    public void TryReadParameters_CutOrChangedAnywhere_NeverThrowsSomethingElse(string name)
    {
        byte[] file = ImageFormats.Encode(name, Gradient(24, 16), Parameters);
        Random random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            byte[] changed = i % 2 == 0 ? file[..random.Next(file.Length)] : [.. file];
            if (i % 2 == 1)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = ImageFormats.TryReadParameters(changed, out _, out _);
                _ = PictureReader.Read(changed, 24, 16);
            }
            catch (ImagingException problem)
            {
                Assert.NotEqual(ImagingError.EngineFailed, problem.Code);
            }
        }
    }

    [Fact]
    public void Read_BombThatSaysItIsHuge_IsRefusedBeforeItIsDecoded()
    {
        byte[] file = ImageFormats.Encode("a.png", Gradient(24, 16), Parameters);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 100_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 100_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan(12, 17)));
        long before = GC.GetTotalAllocatedBytes();
        ImagingException problem = Assert.Throws<ImagingException>(() => PictureReader.Read(file, 64, 64));
        Assert.True(problem.Code is ImagingError.TooLarge or ImagingError.UnsupportedMedia);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 10 << 20);
    }

    [Fact]
    public void Read_LargeButAllowedSides_IsRefusedByItsPixels()
    {
        byte[] file = ImageFormats.Encode("a.png", Gradient(24, 16), Parameters);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 16_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 16_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan(12, 17)));
        ImagingException problem = Assert.Throws<ImagingException>(() => PictureReader.SizeOf(file));
        Assert.Equal(ImagingError.TooLarge, problem.Code);
        Assert.Contains("16000x16000", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoPicture_SaysSo()
    {
        ImagingException problem = Assert.Throws<ImagingException>(() => PictureReader.SizeOf("hello"u8.ToArray()));
        Assert.Equal(ImagingError.UnsupportedMedia, problem.Code);
    }

    [Fact]
    public void Read_OtherSize_IsScaled()
    {
        byte[] file = ImageFormats.Encode("a.png", Gradient(64, 64), Parameters);
        RgbImage half = PictureReader.Read(file, 32, 32);
        RgbImage whole = PictureReader.Read(file, 64, 64);
        for (int i = 0; i < 32; i++)
        {
            Assert.InRange(half.Pixels[((i * 32) + i) * 3] - whole.Pixels[((i * 2 * 64) + (i * 2)) * 3], -6, 6);
        }
    }

    [Fact]
    public void ReadMask_IsGrey()
    {
        byte[] pixels = [255, 255, 255, 0, 0, 0, 255, 0, 0, 128, 128, 128];
        MaskImage mask = PictureReader.ReadMask(ImageFormats.Encode("m.png", new(4, 1, pixels), Parameters));
        Assert.Equal<byte>(new byte[] { 255, 0, 76, 128 }, mask.Pixels);
    }

    private static RgbImage Gradient(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = ((byte)(i % width * 255 / width), (byte)(i / width * 255 / height), 128);
        }

        return new(width, height, pixels);
    }
}
