using Appliance.Service.Cli.Transcribe;
using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Tests.Cli.Transcribe;

/// <summary>An engine that says what the test wants for each input.</summary>
internal sealed class FakeEngine(Func<string, IProgress<TranscriptionProgress>, Transcript> transcribe) : ISpeechEngine
{
    public List<string> Inputs { get; } = [];

    public static Transcript Saying(params string[] lines) => new()
    {
        Text = string.Concat(lines),
        Segments = [.. lines.Select((line, index) => Segment(index, line))],
        Language = "en",
        Model = "fake",
        Duration = lines.Length,
        Timing = new TranscriptTiming(),
    };

    public static TranscriptSegment Segment(int id, string text) => new()
    {
        Id = id,
        Seek = 0,
        Start = id,
        End = id + 1,
        Text = text,
        Tokens = [],
        Temperature = 0,
        AverageLogProbability = -0.1,
        CompressionRatio = 1,
        NoSpeechProbability = 0,
    };

    public void Prepare()
    {
    }

    public Transcript Transcribe(InputFile input, IProgress<TranscriptionProgress> progress, CancellationToken cancellationToken)
    {
        Inputs.Add(input.Name);
        return transcribe(input.Name, progress);
    }

    public void Dispose()
    {
    }
}
