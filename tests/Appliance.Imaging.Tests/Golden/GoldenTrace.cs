using System.Text.Json;
using Appliance.Imaging.Denoising.Schedulers;

namespace Appliance.Imaging.Tests.Golden;

/// <summary>One call of shared/golden/imaging/traces: what was asked for and every tensor on the way.</summary>
internal sealed class GoldenTrace
{
    private readonly JsonElement _document;
    private readonly byte[] _data;

    public GoldenTrace(string name)
    {
        Name = name;
        _document = GoldenFolder.Json("traces", name + ".json");
        _data = File.ReadAllBytes(GoldenFolder.Require("traces", _document.GetProperty("data").GetString()!));
    }

    public string Name { get; }

    public string Pack => Text("pack")!;

    public bool IsHalf => Pack == "fp16";

    public int Batch => Request.GetProperty("batch").GetInt32();

    public string SchedulerName => Text("scheduler")!;

    public SchedulerConfig SchedulerConfig => SchedulerConfigFile.Parse(Request.GetProperty("scheduler_config"), Name);

    private JsonElement Request => _document.GetProperty("request");

    /// <summary>Names of all traces; those of the checkout where shared/ is absent.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. Directory.EnumerateFiles(GoldenFolder.Require("traces"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    /// <summary>The request for image i of the batch.</summary>
    public ImageRequest For(int index) => new()
    {
        Prompt = Text("prompt")!,
        NegativePrompt = Text("negative_prompt"),
        Seed = Request.GetProperty("seed").GetInt64() + index,
        Scheduler = SchedulerName,
        Steps = Request.GetProperty("steps").GetInt32(),
        Guidance = Request.GetProperty("guidance_scale").GetDouble(),
        GuidanceRescale = Request.GetProperty("guidance_rescale").GetDouble(),
        Width = Request.GetProperty("width").GetInt32(),
        Height = Request.GetProperty("height").GetInt32(),
        Strength = Request.TryGetProperty("strength", out JsonElement strength) ? strength.GetDouble() : 1,
        Init = Text("init_image") is { } init ? new(Width, Height, Raw(init, ".rgb.bin")) : null,
        Mask = Text("mask_image") is { } mask ? new(Width, Height, Raw(mask, ".l8.bin")) : null,
        Xl = Xl(),
    };

    public bool Has(string tensor) => _document.GetProperty("tensors").TryGetProperty(tensor, out _);

    public float[] Floats(string tensor) => Values<float>(tensor);

    public int[] Ints(string tensor) => Values<int>(tensor);

    public byte[] Bytes(string tensor) => Values<byte>(tensor);

    public int[] Shape(string tensor) => [.. Entry(tensor).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    /// <summary>The part of a tensor [step, batch, …] that is one step of one image.</summary>
    public ReadOnlySpan<float> StepOf(float[] tensor, int step, int image, int count) => tensor.AsSpan(((step * Batch) + image) * count, count);

    private int Width => Request.GetProperty("width").GetInt32();

    private int Height => Request.GetProperty("height").GetInt32();

    private static byte[] Raw(string picture, string ending) =>
        File.ReadAllBytes(GoldenFolder.Require("traces", "inputs", Path.GetFileNameWithoutExtension(picture) + ending));

    private XlConditioning? Xl()
    {
        if (Pack != "xl")
        {
            return null;
        }

        return new()
        {
            SecondPrompt = Text("prompt_2"),
            OriginalSize = Pair("original_size"),
            CropTopLeft = Pair("crop_top_left") ?? default,
            TargetSize = Pair("target_size"),
            NegativeTimeIds = Request.TryGetProperty("negative_time_ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array
                ? [.. ids.EnumerateArray().Select(id => (float)id.GetDouble())]
                : null,
        };
    }

    private (int, int)? Pair(string name) => Request.TryGetProperty(name, out JsonElement pair) && pair.ValueKind == JsonValueKind.Array
        ? (pair[0].GetInt32(), pair[1].GetInt32())
        : null;

    private string? Text(string name) => Request.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonElement Entry(string tensor) => _document.GetProperty("tensors").GetProperty(tensor);

    private T[] Values<T>(string tensor)
        where T : unmanaged
    {
        JsonElement entry = Entry(tensor);
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        return GoldenFolder.Values<T>(_data, entry.GetProperty("offset").GetInt32(), entry.GetProperty("bytes").GetInt32() / size);
    }
}
