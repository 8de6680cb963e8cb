using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;
using Appliance.Service.Cli.Output;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Cli.Imagine;

/// <summary>Draws the pictures of one call.</summary>
internal sealed class ImagineRun(ImagineRequest request, Terminal terminal, TimeProvider time)
{
    /// <summary>Does the work.</summary>
    public ExitCode Run(CancellationToken cancellationToken)
    {
        // 1. everything that can be wrong is told before a model is loaded
        using LocalModels models = new(request, terminal);
        ModelFolder folder = models.FindDiffusion(request.Model);
        PictureFile? init = request.Init is { } path ? PictureFile.Read(path) : null;
        PictureFile? mask = request.Mask is { } maskPath ? PictureFile.Read(maskPath) : null;
        PrepareDestinations();
        DiffusionModel model = models.LoadDiffusion(folder);
        ImageRequest first = new RequestCompletion(request, folder.Manifest, model).Complete(init, mask);
        ImagePipeline pipeline = new(model, new TerminalLogger(terminal));
        pipeline.Check(first);
        model.BeginLoading();
        first = InTime(pipeline, first, cancellationToken);

        // 2. one picture after the other
        JsonArray reports = [];
        for (int i = 0; i < request.Destinations.Count; i++)
        {
            DrawnImage drawn = Draw(pipeline, first with { Seed = first.Seed + i }, i, cancellationToken);
            if (i == 0)
            {
                models.TellProviders();
            }

            ImageOrigin origin = new(folder.Name, folder.Manifest.Sha256, models.Provider, models.Threads, init?.Sha256, mask?.Sha256);
            ImageParameters parameters = ImageParameters.Of(drawn, origin);
            reports.Add(Publish(drawn, parameters, request.Destinations[i], warns: i == 0));
        }

        if (request.WantsJson)
        {
            JsonReport.Write(terminal, reports.Count == 1 ? reports[0]!.DeepClone() : reports);
        }

        return ExitCode.Done;
    }

    private ImageRequest InTime(ImagePipeline pipeline, ImageRequest wanted, CancellationToken cancellationToken)
    {
        if (request.Deadline is not { } deadline)
        {
            return wanted;
        }

        // the program itself took its time to start
        TimeSpan passed = time.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        DeadlineChoice choice = pipeline.Choose(wanted, deadline - passed, cancellationToken);
        terminal.WriteWarning(FormattableString.Invariant(
            $"deadline {deadline.TotalSeconds:0.###} s: {choice.Steps} of {wanted.Steps} steps, decoder {choice.Decoder} (a step takes {choice.StepTime.TotalSeconds:0.000} s, decoding {choice.DecodingTime.TotalSeconds:0.000} s)"));
        return wanted with { Steps = choice.Steps, Decoder = choice.Decoder };
    }

    private void PrepareDestinations()
    {
        if (Path.GetDirectoryName(request.Destinations[0]) is { Length: > 0 } folder)
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(ExitCode.OutputFailed, $"the folder {folder} can't be made ({fault.Message}): make it or name another --output", fault);
            }
        }

        AtomicFile.Probe(request.Destinations[0]);
        request.Preview?.Probe();
    }

    private DrawnImage Draw(ImagePipeline pipeline, ImageRequest one, int index, CancellationToken cancellationToken)
    {
        string place = request.Destinations.Count == 1 ? "" : $"[{index + 1}/{request.Destinations.Count}] ";
        ProgressLine line = new(place + one.Prompt, time);
        if (terminal.ShowsProgress)
        {
            terminal.ShowStatus(line);
        }

        try
        {
            return pipeline.Draw(one, new StepRelay(terminal, line), request.Preview, cancellationToken);
        }
        finally
        {
            terminal.ShowStatus(null);
            request.Preview?.Dispose();
        }
    }

    private JsonObject Publish(DrawnImage drawn, ImageParameters parameters, string destination, bool warns)
    {
        foreach (string warning in warns || drawn.IsWithheld ? drawn.Warnings : [])
        {
            terminal.WriteWarning(warning);
        }

        long started = Stopwatch.GetTimestamp();
        byte[] file = ImageFormats.Encode(destination, drawn.Image, parameters);
        AtomicFile.WriteBytes(destination, stream => stream.Write(file));
        TimeSpan written = Stopwatch.GetElapsedTime(started);
        if (!request.WantsJson)
        {
            terminal.WriteResult(destination);
        }

        ImageTiming timing = drawn.Timing;
        terminal.WriteDetail(FormattableString.Invariant(
            $"{destination}: {timing.Steps} steps in {timing.Total.TotalSeconds:0.00} s: prompt {timing.Prompt.TotalMilliseconds:0} ms, start {timing.Start.TotalMilliseconds:0}, denoising {timing.Denoising.TotalMilliseconds:0}, decoding {timing.Decoding.TotalMilliseconds:0}, file {written.TotalMilliseconds:0}; outside ONNX Runtime {(timing.Total - timing.Engine).TotalMilliseconds:0.0} ms"));
        JsonObject report = PictureReport.Of(destination, parameters, Convert.ToHexStringLower(SHA256.HashData(file)), timing, written);
        if (drawn.IsWithheld)
        {
            report["withheld"] = true;
        }

        return report;
    }
}
