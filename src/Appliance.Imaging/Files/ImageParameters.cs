using System.Security.Cryptography;
using System.Text.Json;

namespace Appliance.Imaging.Files;

/// <summary>What a picture was drawn from, as it stands in the picture's file (interfaces.md §5): enough to draw it again.</summary>
public sealed record ImageParameters
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 over the model's files.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>What was to be drawn.</summary>
    public required string Prompt { get; init; }

    /// <summary>What was to be kept away from; null for nothing.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Seed of the noise.</summary>
    public required long Seed { get; init; }

    /// <summary>How the seed became noise.</summary>
    public required string Generator { get; init; }

    /// <summary>Name of the scheduler.</summary>
    public required string Scheduler { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required int Steps { get; init; }

    /// <summary>How much the prompt counted.</summary>
    public required double Guidance { get; init; }

    /// <summary>Part of the rescaling of guided outputs.</summary>
    public double GuidanceRescale { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Part of the run that was used on a given picture; null without one.</summary>
    public double? Strength { get; init; }

    /// <summary>SHA-256 of the given picture's file; null without one.</summary>
    public string? InitSha256 { get; init; }

    /// <summary>SHA-256 of the mask's file; null without one.</summary>
    public string? MaskSha256 { get; init; }

    /// <summary>Execution provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Threads of a graph call: on a processor, sums are split among them, which moves the last bits.</summary>
    public int? Threads { get; init; }

    /// <summary>How latents became pixels.</summary>
    public required string Decoder { get; init; }

    /// <summary>SHA-256 of the 8-bit RGB rows before they were encoded.</summary>
    public required string PixelsSha256 { get; init; }

    /// <summary>The parameters of a picture that was drawn.</summary>
    public static ImageParameters Of(DrawnImage drawn, ImageOrigin origin) => new()
    {
        Model = origin.Model,
        ModelSha256 = origin.ModelSha256,
        Prompt = drawn.Request.Prompt,
        NegativePrompt = drawn.Request.NegativePrompt,
        Seed = drawn.Request.Seed,
        Generator = drawn.Request.Generator,
        Scheduler = drawn.Request.Scheduler,
        Steps = drawn.Request.Steps,
        Guidance = drawn.Request.Guidance,
        GuidanceRescale = drawn.Request.GuidanceRescale,
        Width = drawn.Request.Width,
        Height = drawn.Request.Height,
        Strength = drawn.Request.Init is null ? null : drawn.Request.Strength,
        InitSha256 = origin.InitSha256,
        MaskSha256 = origin.MaskSha256,
        Provider = origin.Provider,
        Threads = origin.Threads,
        Decoder = drawn.Decoder,
        PixelsSha256 = HashOf(drawn.Image),
    };

    /// <summary>SHA-256 of a picture's 8-bit RGB rows, in hexadecimal digits.</summary>
    public static string HashOf(RgbImage image) => Convert.ToHexStringLower(SHA256.HashData(image.Pixels));

    /// <summary>The request that draws the picture again.</summary>
    /// <param name="init">The picture that it was started from.</param>
    /// <param name="mask">The mask that was used.</param>
    public ImageRequest ToRequest(RgbImage? init, MaskImage? mask) => new()
    {
        Prompt = Prompt,
        NegativePrompt = NegativePrompt,
        Seed = Seed,
        Generator = Generator,
        Scheduler = Scheduler,
        Steps = Steps,
        Guidance = Guidance,
        GuidanceRescale = GuidanceRescale,
        Width = Width,
        Height = Height,
        Strength = Strength ?? 1,
        Init = init,
        Mask = mask,

        // how it came about (in tiles, in float32) stands behind the name
        Decoder = Decoder.Split('-')[0],
    };

    /// <summary>As one line of JSON, keys in snake case; what is null is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ImageParametersJson.Readable.ImageParameters);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is not that.</summary>
    public static ImageParameters? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ImageParametersJson.Readable.ImageParameters);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
