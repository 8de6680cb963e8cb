using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Health.SelfTests;

/// <summary>The whole way from the clip to tokens, as the reference algorithm goes it.</summary>
internal sealed class TranscriptionTest : ISelfTest
{
    /// <inheritdoc/>
    public string Name => "transcription";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenTranscript golden = context.Golden.Transcript;
        TranscriptionOptions options = new() { WordTimestamps = true, AudioContext = AudioContext.Full, LoopGuard = false };
        AudioInput input = new(context.Clip, new AudioFileOptions());
        Transcript transcript = new Transcriber(context.Model, voiceActivity: null).Transcribe(input, options, progress: null, cancellationToken);
        if (transcript.Language != golden.Language)
        {
            return new(false, $"language {transcript.Language} in place of {golden.Language}");
        }

        int[] expected = [.. golden.Segments.SelectMany(tokens => tokens)];
        int[] actual = [.. transcript.Segments.SelectMany(segment => segment.Tokens)];
        return SelfTestOutcome.Same(expected, actual, $"language {transcript.Language}, tokens");
    }
}
