using System.Diagnostics;
using Appliance.Speech.Capture;
using Appliance.Speech.Features;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition;

/// <summary>Transcribes recordings with one model. Not thread-safe: one recording at a time.</summary>
/// <param name="model">The model; not owned.</param>
/// <param name="voiceActivity">The voice activity detector, needed where <see cref="TranscriptionOptions.UsesVoiceActivity"/>; not owned.</param>
public sealed class Transcriber(WhisperModel model, SileroVad? voiceActivity)
{
    private const double FramesPerSecond = 100;

    /// <summary>Called once a recording has been read and before the model is used for it first; for who shares the device with others.</summary>
    public Action? Analyzed { get; init; }

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
        using Recording recording = Recording.Analyze(input, model.MelCount, options.UsesVoiceActivity ? voiceActivity : null, cancellationToken);
        Analyzed?.Invoke();
        (long encoderTicks, long decoderTicks) = (model.Graphs.Calls.EncoderTicks, model.Graphs.Calls.DecoderTicks);
        TranscriptBuilder builder = new(model.Tokenizer, recording.DurationSeconds, progress);
        WindowEncoder encoder = new(model.Graphs, recording.Mel);
        IReadOnlyList<SpeechSpan>? speech = (options.Vad || options.Batch > 0) && recording.SpeechProbabilities is { } probabilities
            ? SpeechSpans.Find(probabilities, VadOptions.ForFiles, recording.SampleCount)
            : null;
        speech = speech is null ? null
            : options.Batch > 0 ? SpeechWindows.Pack(speech, recording.SpeechProbabilities!)
            : SpeechWindows.Clips(speech, recording.DurationSeconds);
        string language = Run(recording.Mel, speech, recording.SpeechProbabilities, options, encoder, builder, cancellationToken);
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

    /// <summary>Recognises a recording whose log-mel is there.</summary>
    /// <param name="mel">The recording.</param>
    /// <param name="speech">Where speech was found: clips of the seek loop, or the windows of a batch; null without voice activity detection.</param>
    /// <param name="probabilities">Speech probabilities, one a 512-sample frame; needed for batches and the firewall.</param>
    /// <param name="options">How.</param>
    /// <param name="encoder">Encodes the recording's windows.</param>
    /// <param name="builder">Receives the segments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The language.</returns>
    internal string Run(
        IMelSource mel,
        IReadOnlyList<SpeechSpan>? speech,
        IReadOnlyList<float>? probabilities,
        TranscriptionOptions options,
        WindowEncoder encoder,
        TranscriptBuilder builder,
        CancellationToken cancellationToken)
    {
        List<(long Start, long End)> clips = Clips(mel, options, speech);
        if (clips.Count == 0 || clips[0].Start >= mel.ContentFrames)
        {
            return options.Language ?? (options.Languages.Count > 0 ? options.Languages[0] : "en");
        }

        WindowDecoder decoder = new(model.Graphs, model.Tokenizer);
        string language = Language(mel, speech, options, encoder, decoder, cancellationToken);
        AttemptFactory attempts = new(model.Tokenizer, options, language, model.Graphs.Dimensions.TextContext);
        RecognitionStages stages = new()
        {
            Options = options,
            Mel = mel,
            Graphs = model.Graphs,
            Tokenizer = model.Tokenizer,
            Encoder = encoder,
            Decoder = decoder,
            Recognizer = new WindowRecognizer(encoder, decoder, attempts, options, model.Graphs.HasFreeAudioContext),
            Words = options.WordTimestamps ? new WordAligner(model.Graphs, model.Tokenizer, options, language, attempts.Sot) : null,
            Firewall = options.Firewall ? new SegmentFirewall(HallucinationFirewall.For(model), model.Tokenizer, probabilities!, builder.Drop) : null,
            Publish = builder.Add,
        };
        if (options.Batch > 0)
        {
            new BatchLoop(stages, speech!, probabilities!).Run(cancellationToken);
        }
        else
        {
            new SeekLoop(stages).Run(clips, cancellationToken);
        }

        return language;
    }

    private string Language(
        IMelSource mel, IReadOnlyList<SpeechSpan>? speech, TranscriptionOptions options, WindowEncoder encoder, WindowDecoder decoder, CancellationToken cancellationToken)
    {
        if (!model.IsMultilingual || options.Language is not null)
        {
            return options.Language ?? "en";
        }

        bool mayShorten = model.Graphs.HasFreeAudioContext;
        LanguageDetector detector = new(encoder, decoder, model.Tokenizer, options, mayShorten);
        if (speech is null)
        {
            return detector.Detect(mel, 0, mel.ContentFrames, cancellationToken);
        }

        return options.Batch > 0
            ? detector.Detect(BatchLoop.Keys(speech.Take(options.Batch), options, mayShorten, mel), cancellationToken)
            : detector.Detect(mel, Frame(speech[0].Start), Frame(speech[0].End), cancellationToken);
    }

    /// <summary>What is transcribed: where speech was found, or the user's clips, or everything.</summary>
    private static List<(long Start, long End)> Clips(IMelSource mel, TranscriptionOptions options, IReadOnlyList<SpeechSpan>? speech)
    {
        if (speech is not null)
        {
            return [.. speech.Select(span => (Frame(span.Start), Frame(span.End)))];
        }

        List<(long, long)> clips = [];
        for (int i = 0; i < options.ClipTimestamps.Count; i += 2)
        {
            long end = i + 1 < options.ClipTimestamps.Count ? Frame(options.ClipTimestamps[i + 1]) : mel.ContentFrames;
            clips.Add((Frame(options.ClipTimestamps[i]), end));
        }

        return clips.Count > 0 ? clips : [(0, mel.ContentFrames)];
    }

    private static long Frame(double seconds) => (long)Math.Round(seconds * FramesPerSecond);

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
