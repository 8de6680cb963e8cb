using Appliance.Service.Cli.Output;
using Appliance.Speech.Capture;
using Appliance.Speech.Listening;

namespace Appliance.Service.Cli.Listen;

/// <summary>One call of <c>listen</c>: opens the source, loads the model, listens, and shows what comes.</summary>
internal sealed class ListenRun(ListenRequest request, Terminal terminal, TimeProvider time)
{
    /// <summary>After an interruption the final text of what was being said must come within this; then it is given up.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(4);

    /// <summary>Does the work.</summary>
    public ExitCode Run(CancellationToken cancellationToken)
    {
        // 1. what can fail at once; 2. the model; 3. the face; 4. listen
        TerminalLogger logger = new(terminal, showsWarnings: true);
        using SegmentFolder? folder = request.SaveFolder is { } path ? SegmentFolder.Create(path, time, terminal) : null;
        using ListenModels models = new(request, terminal);
        models.Find();
        using Stream? input = request.Source == "stdin" ? StandardInput.Open() : null;
        using ILiveAudio audio = Open(input, logger);
        models.Load();
        using Listener listener = Listener(models.Parts with { Recorder = folder, Logger = logger, Time = time });
        using EventPrinter printer = new(terminal, request.WantsJson, listener, audio, time);
        using Controls controls = new(listener, audio, canRead: request.Source != "stdin");
        using CancellationTokenSource overdue = new();
        using CancellationTokenRegistration stopping = cancellationToken.Register(() =>
        {
            listener.Stop();
            overdue.CancelAfter(LastWords);
        });
        listener.Run(audio, told =>
        {
            folder?.Keep(told);
            printer.Show(told);
        }, overdue.Token);
        return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private Listener Listener(ListenerParts parts)
    {
        try
        {
            return new Listener(parts, request.Options);
        }
        catch (ArgumentException fault)
        {
            // what this model can't do is known only now
            throw new CommandException(ExitCode.WrongCall, fault.Message.Split(" (Parameter", 2)[0], fault);
        }
    }

    private ILiveAudio Open(Stream? input, TerminalLogger logger)
    {
        ILiveAudio audio = CaptureSources.Find(request.Source).Open(request.Capture with { RawInput = input, Logger = logger, Time = time });
        if (request.Source == "auto" && audio.Source == "file")
        {
            terminal.WriteWarning("no microphone: the bundled clip is played instead, once (J. F. Kennedy, 11 s, public domain)");
        }

        return audio;
    }
}
