using System.Globalization;
using Spectre.Console;

namespace Appliance.Service.Cli.Output;

/// <summary>A bar with the time left, for one piece of work.</summary>
internal sealed class ProgressLine(string label, TimeProvider time) : IStatusLine
{
    private const int BarWidth = 30;

    private readonly long _started = time.GetTimestamp();
    private double _done;
    private double _whole;
    private TimeSpan? _left;

    /// <summary>Takes how much is done of how much, in any unit.</summary>
    /// <param name="done">What is done.</param>
    /// <param name="whole">All of it.</param>
    /// <param name="left">Time that the rest takes; null to reckon with the time since the line was made.</param>
    public void Advance(double done, double whole, TimeSpan? left = null)
    {
        _done = done;
        _whole = whole;
        _left = left;
    }

    /// <inheritdoc/>
    public void Draw(Terminal terminal)
    {
        // one column stays free, so that no terminal wraps the line
        int labelWidth = Math.Max(0, terminal.ErrorConsole.Profile.Width - BarWidth - 24);
        (string done, string open, string figures) = Parts(terminal.ErrorConsole.Profile.Capabilities.Unicode);
        string name = OneLine.Of(label.Length <= labelWidth ? label : "…" + label[^Math.Max(0, labelWidth - 1)..]);
        terminal.ErrorConsole.Markup($"{Markup.Escape(name)} [green]{done}[/][grey]{open}[/] {figures}");
    }

    /// <summary>Bar done, bar open, and the words behind it.</summary>
    internal (string Done, string Open, string Figures) Parts(bool unicode)
    {
        double share = _whole > 0 ? Math.Clamp(_done / _whole, 0, 1) : 0;
        int full = (int)Math.Round(share * BarWidth);
        (char done, char open) = unicode ? ('━', '─') : ('#', '-');
        string figures = share.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
        if (share is > 0 and < 1)
        {
            TimeSpan left = _left ?? time.GetElapsedTime(_started) * ((1 - share) / share);
            figures += $" {(int)left.TotalMinutes}:{left.Seconds:00} left";
        }

        return (new string(done, full), new string(open, BarWidth - full), figures);
    }
}
