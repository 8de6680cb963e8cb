using System.Diagnostics;
using Appliance.Speech.Capture;
using Appliance.Speech.Features;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition;

/// <summary>Transcribes recordings with one model. Not thread-safe: one recording at a time.</summary>
/// <param name="model">The model; not owned.</param>
/// <param name="voiceActivity">The voice activity detector, needed for <see cref="TranscriptionOptions.Vad"/> and <see cref="TranscriptionOptions.Batch"/>; not owned.</param>
public sealed class Transcriber(WhisperModel model, SileroVad? voiceActivity)
{
    private const double FramesPerSecond = 100;

    /// <summary>Transcribes one recording.</summary>
    /// <param name="input">The recording.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each window, in order, before the call returns.</param>
    /// <param name="cancellationToken">Ends a running inference.</param>
    /// <exception cref="AudioInputException">The recording can't be read.</exception>
    /// <exception cref="TranscriptionException">An option is wrong.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Transcript Transcribe(AudioInput input, TranscriptionOptions options, IProgress<TranscriptionProgress>? progress, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        OptionCheck.Run(options, model, voiceActivity is not null);
        bool usesVoiceActivity = options.Vad || options.Batch > 0;
        using Recording recording = Recording.Analyze(input, model.MelCount, usesVoiceActivity ? voiceActivity : null, cancellationToken);
        (long encoderTicks, long decoderTicks) = (model.Graphs.Calls.EncoderTicks, model.Graphs.Calls.DecoderTicks);
        TranscriptBuilder builder = new(model.Tokenizer, recording.DurationSeconds, progress);
        WindowEncoder encoder = new(model.Graphs, recording.Mel);
        string language = Run(recording, options, encoder, builder, cancellationToken);
        return builder.Build(model.Name, language, recording.Warnings, new TranscriptTiming
        {
            DecodeAudio = recording.DecodeTime.TotalMilliseconds,
            LogMel = recording.LogMelTime.TotalMilliseconds + Milliseconds(encoder.LogMelTicks),
            Vad = recording.VadTime.TotalMilliseconds,
            Encoder = Milliseconds(model.Graphs.Calls.EncoderTicks - encoderTicks),
            Decoder = Milliseconds(model.Graphs.Calls.DecoderTicks - decoderTicks),
            Total = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        });
    }

    /// <returns>The language.</returns>
    private string Run(Recording recording, TranscriptionOptions options, WindowEncoder encoder, TranscriptBuilder builder, CancellationToken cancellationToken)
    {
        WindowDecoder decoder = new(model.Graphs, model.Tokenizer);
        bool mayShorten = model.Graphs.HasFreeAudioContext;
        IReadOnlyList<SpeechSpan>? speech = recording.SpeechProbabilities is { } probabilities
            ? SpeechSpans.Find(probabilities, VadOptions.ForFiles, recording.SampleCount)
            : null;
        List<(long Start, long End)> clips = Clips(recording, options, speech);
        if (clips.Count == 0 || clips[0].Start >= recording.Mel.ContentFrames)
        {
            return options.Language ?? "en";
        }

        LanguageDetector detector = new(encoder, decoder, model.Tokenizer, options, mayShorten);
        (long first, long end) = speech is null && options.ClipTimestamps.Count > 0 ? (0, recording.Mel.ContentFrames) : clips[0];
        string language = !model.IsMultilingual ? "en" : options.Language ?? detector.Detect(recording.Mel, first, end, cancellationToken);
        AttemptFactory attempts = new(model.Tokenizer, options, language, model.Graphs.Dimensions.TextContext);
        RecognitionStages stages = new()
        {
            Options = options,
            Mel = recording.Mel,
            Graphs = model.Graphs,
            Tokenizer = model.Tokenizer,
            Encoder = encoder,
            Decoder = decoder,
            Recognizer = new WindowRecognizer(encoder, decoder, attempts, options, mayShorten),
            Words = options.WordTimestamps ? new WordAligner(model.Graphs, model.Tokenizer, options, language, attempts.Sot) : null,
            Publish = builder.Add,
        };
        if (options.Batch > 0)
        {
            new BatchLoop(stages, SpeechWindows.Pack(speech!, recording.SpeechProbabilities!)).Run(cancellationToken);
        }
        else
        {
            new SeekLoop(stages).Run(clips, cancellationToken);
        }

        return language;
    }

    /// <summary>What is transcribed: the user's clips, or where speech was found, or everything.</summary>
    private static List<(long Start, long End)> Clips(Recording recording, TranscriptionOptions options, IReadOnlyList<SpeechSpan>? speech)
    {
        if (speech is not null)
        {
            return [.. SpeechWindows.Clips(speech, recording.DurationSeconds).Select(span => (Frame(span.Start), Frame(span.End)))];
        }

        List<(long, long)> clips = [];
        for (int i = 0; i < options.ClipTimestamps.Count; i += 2)
        {
            long end = i + 1 < options.ClipTimestamps.Count ? Frame(options.ClipTimestamps[i + 1]) : recording.Mel.ContentFrames;
            clips.Add((Frame(options.ClipTimestamps[i]), end));
        }

        return clips.Count > 0 ? clips : [(0, recording.Mel.ContentFrames)];
    }

    private static long Frame(double seconds) => (long)Math.Round(seconds * FramesPerSecond);

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
