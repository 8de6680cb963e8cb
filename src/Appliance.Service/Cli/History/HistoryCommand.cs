using System.Globalization;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Output;
using Appliance.Service.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Service.Cli.History;

/// <summary>The verb <c>history</c>.</summary>
internal static class HistoryCommand
{
    /// <summary>Makes the verb with its verbs.</summary>
    public static VerbGroup Create() => new("history", "shows and removes what was kept")
    {
        Manual = new Manual
        {
            Description = ["Works on the transcripts and image parameters that the service has kept; also while it runs. By default nothing is kept: set storage.retentionDays first."],
            ExitCodes = ExitCodes,
        },
        Subcommands = { HistoryList.Create(), HistorySearch.Create(), HistoryExport.Create(), HistoryWipe.Create() },
    };

    /// <summary>The exit statuses of all verbs here.</summary>
    internal static IReadOnlyList<ExitCode> ExitCodes { get; } = [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.OutputFailed, ExitCode.ConfigurationWrong];

    /// <summary>Works on the history.</summary>
    /// <exception cref="CommandException">The state can't be used.</exception>
    internal static T With<T>(CallContext context, Func<HistoryTable, T> work)
    {
        try
        {
            using StateDatabase database = StateDatabase.Open(context.Settings.Storage.Directory, TimeProvider.System, NullLogger.Instance);
            return work(new HistoryTable(database, TimeProvider.System, NullLogger.Instance));
        }
        catch (StorageException fault)
        {
            throw new CommandException(fault.Code == StorageError.DiskFull ? ExitCode.OutputFailed : ExitCode.Failed, fault.Message, fault);
        }
    }

    /// <summary>Prints entries.</summary>
    internal static void Print(Terminal terminal, IReadOnlyList<HistoryEntry> entries, bool json)
    {
        if (json)
        {
            JsonReport.Write(terminal, new JsonArray([.. entries.Select(JsonOf)]));
            return;
        }

        ReportTable table = new("when", "kind", "source", "text");
        foreach (HistoryEntry entry in entries)
        {
            table.Add(TimeOf(entry), entry.Kind, entry.Job ?? entry.Source, OneLine.Of(entry.Text));
        }

        table.Write(terminal);
    }

    /// <summary>An entry as JSON.</summary>
    internal static JsonObject JsonOf(HistoryEntry entry) => new()
    {
        ["kind"] = entry.Kind,
        ["number"] = entry.Number,
        ["created"] = TimeOf(entry),
        ["source"] = entry.Source,
        ["job"] = entry.Job,
        ["language"] = entry.Language,
        ["duration"] = entry.Duration,
        ["text"] = entry.Text,
        ["document"] = entry.Document.DeepClone(),
    };

    private static string TimeOf(HistoryEntry entry) =>
        DateTimeOffset.FromUnixTimeMilliseconds(entry.Created).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
