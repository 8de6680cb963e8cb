using Appliance.Inference.Sessions;
using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Providers;

/// <summary>The providers that were asked for, in order of preference, with what is known of each. Thread-safe.</summary>
internal sealed class ProviderLadder
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<IExecutionProvider> _providers;
    private readonly ProviderReport[] _reports;
    private readonly ILogger _logger;

    public ProviderLadder(IReadOnlyList<IExecutionProvider> providers, ProbeContext context, ILogger logger)
    {
        _providers = providers;
        _logger = logger;
        _reports = [.. providers.Select(provider => Probe(provider, context))];
        foreach (ProviderReport report in _reports)
        {
            Announce(report);
        }
    }

    /// <summary>One report for each provider that was asked for, in that order.</summary>
    public IReadOnlyList<ProviderReport> Reports
    {
        get
        {
            lock (_lock)
            {
                return [.. _reports];
            }
        }
    }

    /// <summary>What to try for a graph of that role, the best first.</summary>
    /// <exception cref="InferenceException">Nothing that was asked for can be used.</exception>
    public IReadOnlyList<IExecutionProvider> For(SessionRole role)
    {
        IReadOnlyList<ProviderReport> reports = Reports;
        IExecutionProvider[] usable = [.. _providers.Where((_, index) => reports[index].Used)];
        if (usable.Length == 0)
        {
            string reasons = string.Join("; ", reports.Select(report => $"{report.Name}: {report.Text}"));
            throw new InferenceException(InferenceError.NoProvider, $"no execution provider that was asked for can be used ({reasons}): add cpu to the list, or mend one of them");
        }

        // who names only a provider that does not suit the role wants it all the same
        IExecutionProvider[] suitable = [.. usable.Where(provider => provider.Suits(role))];
        return suitable.Length > 0 ? suitable : usable;
    }

    /// <summary>Takes a provider out: it failed where the rest of the ladder did not.</summary>
    public void PassOver(IExecutionProvider provider, string problem)
    {
        ProviderReport report = new(provider.Name, Used: false, ProviderReasons.Failed, $"{FirstLine(problem)}: see the log, or leave {provider.Name} out of the list of providers");
        lock (_lock)
        {
            _reports[Array.FindIndex(_reports, known => known.Name == provider.Name)] = report;
        }

        Announce(report);
    }

    /// <summary>A probe that stumbles over the machine passes its provider over, and nothing else.</summary>
    private static ProviderReport Probe(IExecutionProvider provider, ProbeContext context)
    {
        try
        {
            return provider.Probe(context);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or BadImageFormatException)
        {
            return new(provider.Name, Used: false, ProviderReasons.Failed, $"looking for it failed ({FirstLine(e.Message)}): leave {provider.Name} out of the list of providers");
        }
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];

    private void Announce(ProviderReport report)
    {
        if (report.Used)
        {
            Log.ProviderUsed(_logger, report.Name, report.Text);
        }
        else
        {
            Log.ProviderPassedOver(_logger, report.Name, report.Reason, report.Text);
        }
    }
}
