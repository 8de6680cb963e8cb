using System.Text.Json;

namespace Appliance.Testing.Golden;

/// <summary>golden.json of one folder of shared/golden/speech/tiny-random (huggingface-layouts.md there describes it).</summary>
public sealed record WhisperGolden
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Folder and layout.</summary>
    public required string Layout { get; init; }

    /// <summary>Names of the graphs below onnx/.</summary>
    public required WhisperGoldenFiles Files { get; init; }

    /// <summary>Encoder states of the first row of features.</summary>
    public required GoldenTensor Encoder { get; init; }

    /// <summary>Decoder calls on one row, one after the other.</summary>
    public required IReadOnlyList<WhisperGoldenStep> Steps { get; init; }

    /// <summary>Decoder calls on two rows.</summary>
    public required WhisperGoldenBatch Batch2 { get; init; }

    /// <summary>Reads the file.</summary>
    public static WhisperGolden Read(string path) =>
        JsonSerializer.Deserialize<WhisperGolden>(File.ReadAllBytes(path), Options)
        ?? throw new InvalidDataException(path + " is empty");
}
