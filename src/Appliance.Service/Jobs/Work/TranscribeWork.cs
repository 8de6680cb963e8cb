using System.Text.Json.Nodes;
using Appliance.Native;
using Appliance.Service.Jobs.Engines;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Jobs.Work;

/// <summary>Transcribes one recording; offers its turn between windows.</summary>
internal sealed class TranscribeWork(string model, TranscriptionOptions options, JobAudio audio) : IJobWork
{
    /// <inheritdoc/>
    public bool IsSpeech => true;

    /// <inheritdoc/>
    public JobProduct Run(JobRun run)
    {
        using SpeechLease lease = run.Models.RentSpeech(model);
        using SileroVad voiceActivity = run.Models.LoadVoiceActivity();
        Transcriber transcriber = new(lease.Model, voiceActivity) { Analyzed = run.Begin };
        AudioInput input = new(audio.File.Path, new AudioFileOptions()) { MayUseFfmpeg = false };
        Transcript transcript = transcriber.Transcribe(input, options, new WindowProgress(run), run.CancellationToken);
        using StringWriter json = new();
        TranscriptFormats.Find("json").Write(transcript, json, new TranscriptFormatOptions());
        JsonObject data = JsonNode.Parse(json.ToString())!.AsObject();
        if (transcript.Warnings.Count > 0)
        {
            data["warnings"] = new JsonArray([.. transcript.Warnings.Select(warning => (JsonNode)warning.Replace(audio.File.Path, "the audio", StringComparison.Ordinal))]);
        }

        if (audio.MissingMs > 0)
        {
            data["detail"] = new JsonObject { ["missing_ms"] = audio.MissingMs };
        }

        return new JobProduct(data);
    }

    /// <inheritdoc/>
    public void Dispose() => audio.Dispose();

    /// <summary>Called after each window, on the thread that transcribes.</summary>
    private sealed class WindowProgress(JobRun run) : IProgress<TranscriptionProgress>
    {
        public void Report(TranscriptionProgress value)
        {
            run.Report(new JsonObject
            {
                ["seconds"] = Math.Round(value.Seconds, 2),
                ["duration"] = Math.Round(value.Duration, 2),
                ["percent"] = value.Duration > 0 ? Math.Round(Math.Min(100, 100 * value.Seconds / value.Duration), 1) : 100,
            });
            run.Yield();
        }
    }
}
