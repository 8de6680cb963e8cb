using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Service.Configuration;
using Appliance.Service.Health;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Storage;
using Microsoft.Data.Sqlite;

namespace Appliance.Service;

/// <summary>What is kept and counted of jobs.</summary>
internal sealed class JobRecords(HistoryTable history, NodeMetrics metrics, Func<ApplianceSettings> settings)
{
    /// <summary>Writes what is kept of a job's product; null when nothing is.</summary>
    public Action<SqliteConnection>? HistoryOf(Job job, JobProduct product)
    {
        if (settings().Storage.RetentionDays == 0 || job.Ticket.Surface == JobSurface.Fleet)
        {
            return null;
        }

        JsonObject data = product.Data.DeepClone().AsObject();
        data.Remove("parts");
        string document = data.ToJsonString();
        return job.Kind.TakesAudio
            ? connection => history.AddTranscript(connection, "job", job.Id, TextOf(data, "text"), TextOf(data, "language"), data["duration"]?.GetValue<double>(), document)
            : connection => history.AddImage(connection, job.Id, TextOf(data, "prompt"), TextOf(data, "sha256"), document);
    }

    /// <summary>Counts a job that has ended.</summary>
    public void Count(JobOutcome outcome)
    {
        string kind = outcome.Job.Kind.Name;
        metrics.Count($"appliance_jobs_total.{kind}.{(outcome.Error is { } error ? ErrorCodes.NameOf(error.Code) : outcome.Type)}");
        if (outcome.Product is not { } product || outcome.Job.RunTime is not { } time)
        {
            return;
        }

        metrics.Measure($"appliance_job_duration_seconds.{kind}", time.TotalSeconds);
        if (!outcome.Job.Kind.TakesAudio)
        {
            if (product.Data["steps"]?.GetValue<int>() is > 0 and int steps)
            {
                metrics.Measure("appliance_image_step_seconds", time.TotalSeconds / steps);
            }

            return;
        }

        if (product.Data["duration"]?.GetValue<double>() is > 0 and double duration)
        {
            metrics.Measure("appliance_speech_rtf", time.TotalSeconds / duration);
        }

        metrics.Count("appliance_tokens_total", (product.Data["segments"] as JsonArray ?? []).Sum(segment => (segment?["tokens"] as JsonArray)?.Count ?? 0));
    }

    private static string TextOf(JsonObject data, string name) => data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
}
