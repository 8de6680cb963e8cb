using System.CommandLine;
using System.Globalization;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>What of the recording is listened to, and in which pieces.</summary>
internal sealed class AudioOptions : OptionGroup, ITranscriptionOptionGroup
{
    private const int MaximumBatch = 64;

    /// <inheritdoc/>
    public override string Title => "Audio";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Channel, ClipTimestamps, Vad, Batch, Context];

    private ValueOption<int?> Channel { get; } = OptionFactory.Channel("mix",
        "Channel to use, counted from 0, or the mean of all. Where the mean is more than 20 dB below the louder channel (inverted channels), that channel is used and it is said.");

    private ValueOption<double[]> ClipTimestamps { get; } = new("--clip-timestamps", "START,END,…", [], TryParseClips)
    {
        Description = "Transcribes only these stretches: start, end, start, end, … in seconds. A missing last end is the end of the file.",
        Expected = "seconds with commas between them, none before the one before it",
        Default = "0, the whole file",
    };

    private FlagOption Vad { get; } = new("--vad", false)
    {
        Description = "Skips what voice activity detection (Silero) calls silence. Times stay those of the file.",
    };

    private ValueOption<int> Batch { get; } = OptionFactory.WholeNumber("--batch", 0, 0, MaximumBatch,
        "Decodes N windows at once, cut at pauses, without conditioning on previous text: faster for long files, needs more memory. 0 goes through the file window by window.");

    private ValueOption<AudioContext> Context { get; } = new("--audio-context", "auto|full|SECONDS", AudioContext.Auto, AudioContext.TryParse)
    {
        Description = "How much the encoder is given of a window that is not full: auto fits it to the audio (faster; a doubtful "
            + "result is decoded again in full), full is always 30 s as in the original, a number is fixed seconds up to 30.",
        Expected = "auto, full or seconds above 0 and up to 30",
        Default = "auto",
    };

    /// <summary>The channel that the caller wants, counted from 0, or null for the mean.</summary>
    public int? ChannelOf(ParseResult call) => Channel.Of(call);

    /// <inheritdoc/>
    public TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options)
    {
        double[] clips = ClipTimestamps.Of(call);
        if (clips.Length > 0 && (Vad.Of(call) || Batch.Of(call) > 0))
        {
            throw new CommandException(ExitCode.WrongCall, "--clip-timestamps says what to transcribe, and so do --vad and --batch: give one of them");
        }

        return options with
        {
            ClipTimestamps = clips,
            Vad = Vad.Of(call),
            Batch = Batch.Of(call),
            AudioContext = Context.Of(call, settings.AudioContext),
        };
    }

    private static bool TryParseClips(string text, out double[] value)
    {
        value = [];
        List<double> seconds = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double second)
                || !double.IsFinite(second) || second < (seconds.Count == 0 ? 0 : seconds[^1]))
            {
                return false;
            }

            seconds.Add(second);
        }

        value = [.. seconds];
        return seconds.Count > 0;
    }
}
