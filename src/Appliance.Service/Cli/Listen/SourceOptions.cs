using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Capture;

namespace Appliance.Service.Cli.Listen;

/// <summary>What is listened to.</summary>
internal sealed class SourceOptions : OptionGroup
{
    private const int MaximumChannels = 64;
    private const double FastestPace = 100;

    /// <inheritdoc/>
    public override string Title => "Source";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Source, Device, ListDevices, Input, Channel, Pace, RawRate, RawChannels];

    private ValueOption<string?> Source { get; } = OptionFactory.Choice("--source", CaptureSources.Names, "capture.source of the configuration, else alsa; file when --input is given",
        "A microphone (alsa), files, raw 16-bit little-endian samples on standard input (stdin), or auto: a microphone, and where there is none the bundled clip, once.");

    private ValueOption<string?> Device { get; } = OptionFactory.Named("--device", "NAME", ValueKind.Free, "the name of a device",
        "capture.device of the configuration, else auto (the first one)",
        "Microphone: auto, a name of --list-devices, the id of its card, any other ALSA name such as default, or an entry of /dev/snd/by-path.");

    private FlagOption ListDevices { get; } = new("--list-devices", false)
    {
        Description = "Prints the microphones of this machine and ends.",
    };

    private TextListOption Input { get; } = new("--input", "FILE")
    {
        Description = "A file to play; several are played one after the other, each once.",
        Default = "capture.file of the configuration",
        Kind = ValueKind.Path,
    };

    private ValueOption<int?> Channel { get; } = OptionFactory.Channel("capture.channel of the configuration, else mix",
        "Channel to use, counted from 0, or the mean of all.");

    private ValueOption<double> Pace { get; } = OptionFactory.Number("--pace", 1, 0, FastestPace,
        "How fast files are played and standard input is taken: 1 is real time, 0 as fast as recognition goes (then no partial is left out and no latency is told).");

    private ValueOption<int> RawRate { get; } = OptionFactory.WholeNumber("--raw-rate", 16000, 1000, 768_000,
        "Sample rate of standard input in Hz.");

    private ValueOption<int> RawChannels { get; } = OptionFactory.WholeNumber("--raw-channels", 1, 1, MaximumChannels,
        "Channels of standard input, interleaved.");

    /// <summary>Whether the devices are to be listed.</summary>
    public bool WantsList(ParseResult call) => ListDevices.Of(call);

    /// <summary>The name of the source.</summary>
    public string SourceOf(ParseResult call, CaptureSettings settings) =>
        Source.Of(call, call.Names(Input) ? "file" : settings.Source)!;

    /// <summary>What is captured.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    public CaptureOptions CaptureOf(ParseResult call, CaptureSettings settings)
    {
        string source = SourceOf(call, settings);
        string[] files = call.GetValue(Input) ?? [];
        if (files.Length > 0 && source is not "file")
        {
            throw new CommandException(ExitCode.WrongCall, $"--input is for --source file, not for {source}: give one of them");
        }

        return new CaptureOptions
        {
            Device = Device.Of(call, settings.Device)!,
            Channel = Channel.Of(call, settings.Channel),
            Files = files.Length > 0 ? files : source == "file" && settings.File is { } file ? [file] : [],
            Pace = Pace.Of(call),
            RawRateHz = RawRate.Of(call),
            RawChannels = RawChannels.Of(call),
            DeviceRoot = settings.DeviceRoot,
            FallbackFile = ProductFiles.FindBundledClip(),
        };
    }
}
