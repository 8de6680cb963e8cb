using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Appliance.Imaging;
using Appliance.Imaging.Files;
using Appliance.Service.Jobs.Engines;

namespace Appliance.Service.Jobs.Work;

/// <summary>Draws one picture; offers its turn between steps.</summary>
internal sealed class GenerateWork(ImageWish wish) : IJobWork
{
    /// <inheritdoc/>
    public bool IsSpeech => false;

    /// <inheritdoc/>
    public JobProduct Run(JobRun run)
    {
        using ImageLease lease = run.Models.RentImage(wish.Model);
        ImageRequest request = wish.Complete(lease.Folder.Manifest, lease.Model);
        lease.Pipeline.Check(request);
        lease.Model.LoadAll();
        run.Begin();
        DrawnImage drawn = Draw(lease, request, run);
        ImageOrigin origin = new(lease.Folder.Name, lease.Folder.Manifest.Sha256, run.Models.Provider, run.Models.Threads, null, null);
        ImageParameters parameters = ImageParameters.Of(drawn, origin);
        long started = Stopwatch.GetTimestamp();
        byte[] file = ImageFormats.Encode("a.png", drawn.Image, parameters);
        JsonObject data = PictureReport.Of(path: null, parameters, Convert.ToHexStringLower(SHA256.HashData(file)), drawn.Timing, Stopwatch.GetElapsedTime(started));
        data["content_type"] = "image/png";
        if (drawn.IsWithheld)
        {
            data["withheld"] = true;
        }

        if (drawn.Warnings.Count > 0)
        {
            data["warnings"] = new JsonArray([.. drawn.Warnings.Select(warning => (JsonNode)warning)]);
        }

        return new JobProduct(data) { Picture = drawn.Image, File = file, DeliversFile = wish.DeliversFile };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // nothing is held between runs
    }

    private static DrawnImage Draw(ImageLease lease, ImageRequest request, JobRun run)
    {
        try
        {
            return lease.Pipeline.Draw(request, new StepProgress(run), run.CancellationToken);
        }
        catch (ImagingException fault) when (fault.Code == ImagingError.OutOfMemory)
        {
            // once more when nothing else is in memory that could be missed
            run.Models.UnloadIdle();
            return lease.Pipeline.Draw(request, new StepProgress(run), run.CancellationToken);
        }
    }

    /// <summary>Called after each step, on the thread that draws.</summary>
    private sealed class StepProgress(JobRun run) : IImageProgress
    {
        public void Stepped(in ImageStep state)
        {
            run.Report(new JsonObject
            {
                ["step"] = state.Done,
                ["steps"] = state.Steps,
                ["percent"] = Math.Round(100.0 * state.Done / state.Steps, 1),
                ["eta_ms"] = (long)state.Remaining.TotalMilliseconds,
            });
            run.Yield();
        }
    }
}
