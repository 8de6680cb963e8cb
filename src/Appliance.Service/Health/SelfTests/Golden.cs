using System.Text.Json;

namespace Appliance.Service.Health.SelfTests;

/// <summary>The golden results, embedded in the program.</summary>
internal sealed record Golden
{
    /// <summary>The bundled clip as samples.</summary>
    public required GoldenAudio Audio { get; init; }

    /// <summary>Log-mel of the clip and 30 s of silence.</summary>
    public required IReadOnlyList<GoldenLogMel> LogMel { get; init; }

    /// <summary>Tokens of a sentence.</summary>
    public required GoldenTokenizer Tokenizer { get; init; }

    /// <summary>Speech probabilities of the clip, one a frame of 512 samples.</summary>
    public required IReadOnlyList<float> SpeechProbabilities { get; init; }

    /// <summary>What whisper-base hears in the clip.</summary>
    public required GoldenTranscript Transcript { get; init; }

    /// <summary>Drawing with emoji-diffusion.</summary>
    public required GoldenPicture Picture { get; init; }

    /// <summary>Reads them.</summary>
    public static Golden Load()
    {
        using Stream stream = typeof(Golden).Assembly.GetManifestResourceStream("selftest-golden.json")!;
        return JsonSerializer.Deserialize(stream, GoldenJson.Default.Golden)!;
    }
}
