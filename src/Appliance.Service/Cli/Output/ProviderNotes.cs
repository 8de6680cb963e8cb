using Appliance.Inference.Sessions;

namespace Appliance.Service.Cli.Output;

/// <summary>Tells which execution providers were passed over.</summary>
internal static class ProviderNotes
{
    /// <summary>Tells a caller who chose providers; who wants details has them from the log already.</summary>
    public static void Tell(Terminal terminal, SessionFactory sessions, bool isWanted)
    {
        if (!isWanted || terminal.Verbosity == Verbosity.Verbose)
        {
            return;
        }

        foreach (ProviderReport report in sessions.Providers.Where(report => !report.Used))
        {
            terminal.WriteWarning($"execution provider {report.Name} passed over ({report.Reason}): {report.Text}");
        }
    }
}
