using Appliance.Service.Cli.Output;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Goes through the inputs of one call: each is tried, each failure is one line, the first failure decides the exit status.</summary>
internal sealed class TranscribeRun(TranscribeRequest request, ISpeechEngine engine, Terminal terminal, TimeProvider time)
{
    private readonly ITranscriptFormat _format = TranscriptFormats.Find(request.Plan.Format);

    private bool Streams => request.Plan.Format == "txt";

    /// <summary>Does the work.</summary>
    /// <returns>The status of the first failure, else <see cref="ExitCode.Done"/>.</returns>
    public ExitCode Run(CancellationToken cancellationToken)
    {
        foreach (string warning in request.Warnings)
        {
            terminal.WriteWarning(warning);
        }

        engine.Prepare();
        CreateFolder();
        ExitCode first = ExitCode.Done;
        for (int i = 0; i < request.Inputs.Count; i++)
        {
            ExitCode code = TryOne(i, cancellationToken);
            first = first == ExitCode.Done ? code : first;
        }

        return first;
    }

    private void CreateFolder()
    {
        if (request.Plan.Folder is not { } folder)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.OutputFailed, $"the folder {folder} can't be made ({fault.Message}): make it or name another --output", fault);
        }
    }

    private ExitCode TryOne(int index, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            One(index, cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception fault) when (FailureMap.ConcernsOneInput(fault))
        {
            terminal.ShowStatus(null);
            Failure failure = FailureMap.Describe(fault);
            terminal.WriteError($"{request.Inputs[index]}: {failure.Message}");
            terminal.WriteFaultDetail(failure, fault);
            return failure.Code;
        }
        finally
        {
            terminal.ShowStatus(null);
        }
    }

    private void One(int index, CancellationToken cancellationToken)
    {
        string name = request.Inputs[index];
        string? destination = request.Plan.Destinations[index];
        if (destination is not null)
        {
            AtomicFile.Probe(destination);
        }

        using InputFile input = InputFile.Open(name, cancellationToken);
        SegmentPrinter? printer = destination is null && Streams ? new(terminal) : null;
        ProgressLine line = new(PlaceOf(index) + name, time);
        if (terminal.ShowsProgress)
        {
            terminal.ShowStatus(line);
        }

        Transcript transcript = engine.Transcribe(input, new ProgressRelay(terminal, line, printer), cancellationToken);
        terminal.ShowStatus(null);
        Publish(transcript, name, destination, printer);
    }

    private string PlaceOf(int index) => request.Inputs.Count == 1 ? "" : $"[{index + 1}/{request.Inputs.Count}] ";

    private void Publish(Transcript transcript, string name, string? destination, SegmentPrinter? printer)
    {
        foreach (string warning in transcript.Warnings)
        {
            terminal.WriteWarning($"{name}: {warning}");
        }

        if (printer is not null)
        {
            printer.Rest(transcript.Segments);
        }
        else if (destination is null)
        {
            Write(transcript, name, terminal.Out);
            terminal.Out.Flush();
        }
        else
        {
            AtomicFile.Write(destination, writer => Write(transcript, name, writer));
        }

        TranscriptTiming timing = transcript.Timing;
        terminal.WriteDetail(FormattableString.Invariant(
            $"{name}: {transcript.Duration:0.0} s of audio ({transcript.Language}) in {timing.Total / 1000:0.00} s: decode audio {timing.DecodeAudio:0} ms, log-mel {timing.LogMel:0}, vad {timing.Vad:0}, encoder {timing.Encoder:0}, decoder {timing.Decoder:0}"));
    }

    private void Write(Transcript transcript, string name, TextWriter writer) =>
        _format.Write(transcript, writer, new TranscriptFormatOptions
        {
            File = request.Inputs.Count > 1 ? name : null,
            Subtitles = request.Plan.Layout,
        });
}
