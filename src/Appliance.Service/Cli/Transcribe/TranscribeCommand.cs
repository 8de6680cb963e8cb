using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>The verb <c>transcribe</c>.</summary>
internal sealed class TranscribeCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Arity = ArgumentArity.OneOrMore };
    private readonly OutputOptions _output = new();
    private readonly ModelOptions _model = new("speech.model of the configuration, else whisper-base");
    private readonly LanguageOptions _language = new();
    private readonly AudioOptions _audio = new();
    private readonly PromptOptions _prompt = new();
    private readonly WordOptions _words = new();
    private readonly SearchOptions _search = new();
    private readonly FallbackOptions _fallback = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new TranscribeCommand().Build();

    /// <summary>Reads a call.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    internal TranscribeRequest RequestOf(ParseResult call, ApplianceSettings settings)
    {
        string[] inputs = call.GetValue(_files)!;
        if (inputs.Count(input => input == InputFile.StandardInput) > 1)
        {
            throw new CommandException(ExitCode.WrongCall, "standard input can be read once only: give - once");
        }

        OutputPlan plan = OutputPlan.Of(inputs, _output.WishOf(call));
        TranscriptionOptions options = OptionsOf(call, settings.Speech);
        bool? wish = _words.WishOf(call);
        if (plan.Layout.HighlightWords && wish == false)
        {
            throw new CommandException(ExitCode.WrongCall, "--highlight-words needs word times: leave out --word-timestamps False");
        }

        return new TranscribeRequest
        {
            Inputs = inputs,
            Plan = plan,
            Model = _model.ModelOf(call, settings.Speech.Model),
            ModelRoots = settings.Models.Roots,
            Inference = _model.InferenceOf(call, settings.Inference),
            Options = options with { WordTimestamps = options.WordTimestamps || plan.Layout.HighlightWords },
            Channel = _audio.ChannelOf(call),
            WordsIfPossible = wish is null && plan.Format is "srt" or "vtt",
            Warnings = _output.WarningsOf(call),
            TellProviders = _model.NamesProviders(call),
        };
    }

    internal VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("transcribe", "writes down what is said in audio files", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = Manual(),
        }.WithOptions();
        command.Arguments.Add(_files);
        return command;
    }

    private TranscriptionOptions OptionsOf(ParseResult call, SpeechSettings settings)
    {
        IEnumerable<ITranscriptionOptionGroup> groups = [_language, _audio, _prompt, _words, _search, _fallback];
        return groups.Aggregate(new TranscriptionOptions(), (options, group) => group.Apply(call, settings, options));
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        TranscribeRequest request = RequestOf(context.Call, context.Settings);
        using LocalSpeechEngine engine = new(request, context.Terminal);
        return new TranscribeRun(request, engine, context.Terminal, TimeProvider.System).Run(cancellationToken);
    }

    private Manual Manual() => new()
    {
        Arguments = "FILE…",
        Description =
        [
            "Transcribes each FILE with a Whisper model on this machine. FILE is anything that libsndfile reads (WAV, FLAC, Ogg, Opus, MP3, AIFF, …), or ffmpeg where it is installed; - is standard input. The text goes to standard output, a line for each segment as soon as it is final.",
            "Each input is tried; each failure is one line on standard error, and the exit status is that of the first failure.",
        ],
        Groups = [_output, _model, _language, _audio, _prompt, _words, _search, _fallback],
        Examples =
        [
            new("appliance transcribe talk.flac", "prints the text"),
            new("appliance transcribe --format srt --output subtitles/ *.mp4", "writes subtitles/NAME.srt for each film (needs ffmpeg)"),
            new("appliance transcribe --language de --task translate rede.ogg", "translates German speech to English"),
            new("appliance transcribe --batch 8 --vad --json lecture.mp3 | jq .text", "a long file, several windows at once"),
            new("arecord -d 5 -f S16_LE -r 16000 | appliance transcribe -", "transcribes five seconds of a microphone"),
            new("appliance transcribe --loop-guard off --audio-context full talk.flac", "decodes exactly as the original algorithm does"),
        ],
        ExitCodes =
        [
            ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.InputUnusable, ExitCode.InputMissing,
            ExitCode.Unavailable, ExitCode.OutputFailed, ExitCode.ConfigurationWrong, ExitCode.Interrupted,
        ],
    };
}
