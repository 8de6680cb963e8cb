using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Transcribe;
using Appliance.Service.Configuration;
using Appliance.Speech.Listening;

namespace Appliance.Service.Cli.Listen;

/// <summary>The verb <c>listen</c>.</summary>
internal sealed class ListenCommand
{
    private readonly SourceOptions _source = new();
    private readonly SegmentOptions _segments = new();
    private readonly ListenOutputOptions _output = new();
    private readonly ModelOptions _model = new("speech.model of the configuration, else whisper-base");
    private readonly LanguageOptions _language = new();
    private readonly LiveOptions _live = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ListenCommand().Build();

    /// <summary>Reads a call.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    internal ListenRequest RequestOf(ParseResult call, ApplianceSettings settings)
    {
        ListenOptions options = _segments.Apply(call, settings.Capture);
        return new ListenRequest
        {
            Source = _source.SourceOf(call, settings.Capture),
            Capture = _source.CaptureOf(call, settings.Capture) with { StartsMuted = _segments.StartsMuted(call) },
            Options = options with { Recognition = _live.Apply(call, settings.Speech, _language.Apply(call, settings.Speech, new())) },
            Model = _model.ModelOf(call, settings.Speech.Model),
            FallbackModel = _live.FallbackOf(call, settings.Speech),
            ModelRoots = settings.Models.Roots,
            Inference = _model.InferenceOf(call, settings.Inference),
            TellProviders = _model.NamesProviders(call),
            WantsJson = _output.WantsJson(call),
            SaveFolder = _output.FolderOf(call),
        };
    }

    internal VerbCommand Build() => new VerbCommand("listen", "writes down what is being said", Run)
    {
        Manual = Manual(),
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        if (_source.WantsList(context.Call))
        {
            return new DeviceList(context.Terminal).Write(_output.WantsJson(context.Call));
        }

        ListenRequest request = RequestOf(context.Call, context.Settings);
        return new ListenRun(request, context.Terminal, TimeProvider.System).Run(cancellationToken);
    }

    private Manual Manual() => new()
    {
        Description =
        [
            "Listens to a microphone and writes down what is said, while it is being said. On a terminal the bottom line shows the level and the words so far, those that may still change dim; each segment's final text is printed as a line on standard output. Nothing is invented: text without a voice, or that the model does not believe itself, is held back (--verbose tells what and why).",
            "A microphone that is unplugged is waited for and used again when it comes back. Audio stays in memory unless --save is given. Ctrl-C ends: what was being said is still written down.",
            "Keys on a terminal: space presses and releases the push-to-talk button, m mutes and unmutes, q ends. Programs write the lines press, release, mute, unmute and stop to standard input (not with --source stdin).",
        ],
        Groups = [_source, _segments, _output, _model, _language, _live],
        Examples =
        [
            new("appliance listen", "writes down what the first microphone hears"),
            new("appliance listen --json | jq -r 'select(.type == \"final\").text'", "only final texts, for a program"),
            new("appliance listen --phrase \"hello kitchen\" --language en", "only what is said after \"hello kitchen\""),
            new("appliance listen --input talk.flac --pace 0", "a file as if it were heard, as fast as it goes"),
            new("arecord -t raw -f S16_LE -r 48000 -c 2 | appliance listen --source stdin --raw-rate 48000 --raw-channels 2", "raw samples from another program"),
        ],
        ExitCodes =
        [
            ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.InputUnusable, ExitCode.InputMissing,
            ExitCode.Unavailable, ExitCode.OutputFailed, ExitCode.ConfigurationWrong, ExitCode.Interrupted,
        ],
    };
}
