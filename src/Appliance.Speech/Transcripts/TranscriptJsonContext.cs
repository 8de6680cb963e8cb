using System.Text.Json;
using System.Text.Json.Serialization;

namespace Appliance.Speech.Transcripts;

/// <summary>Source-generated JSON of transcripts.</summary>
[JsonSerializable(typeof(TranscriptDocument))]
internal sealed partial class TranscriptJsonContext : JsonSerializerContext
{
    /// <summary>One line a document.</summary>
    public static TranscriptJsonContext Compact { get; } = new(CreateOptions(indented: false));

    /// <summary>Several lines a document.</summary>
    public static TranscriptJsonContext Indented { get; } = new(CreateOptions(indented: true));

    private static JsonSerializerOptions CreateOptions(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = PlainTextEncoder.Instance,
        Converters = { new FiniteNumberConverter() },
    };
}
