using System.Text.Json;

namespace Appliance.Speech.Tests.Vocabulary;

/// <summary>One segment of a reference transcript.</summary>
internal sealed record ReferenceSegment(string Language, string Text, int[] Tokens, string[] Words)
{
    public static ReferenceSegment Of(string language, JsonElement segment) => new(
        language,
        segment.GetProperty("text").GetString()!,
        [.. segment.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())],
        [.. segment.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()!)]);
}
